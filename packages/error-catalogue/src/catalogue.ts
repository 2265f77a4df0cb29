import { failures } from './failures.ts'
import { userErrorCodes } from './user-errors.ts'

/**
 * Every code that an answer of Cartograph can carry, in `errors[].extensions.code` (the request failed) or in a
 * payload's `userErrors[].code` (a refusal a user can mend). docs/errors.md is generated from this table.
 */
export const errorCatalogue = { ...failures, ...userErrorCodes }
