import { z } from 'zod'

/** ISO 4217, of the currencies that the shop sells in. */
export const currencyCode = z.enum(['EUR', 'GBP', 'USD'])
