import { invalidInput, Refused, refuseIfAny, validationError } from '@cartograph/error-catalogue'
import type { PrismaClient } from '../database.ts'
import type { StockLocation } from '../stock/stock-level.ts'

/**
 * A new place that keeps stock. Asked again, also at once, it answers the one there is; a name that a place in another
 * country has is refused.
 */
export async function createLocation(db: PrismaClient, input: Omit<StockLocation, 'id'>): Promise<StockLocation> {
  const name = input.name.trim()
  const { countryCode } = input
  refuseIfAny([
    ...(name.length > 0 && name.length <= 100 ? [] : [invalidInput('name has 1 to 100 characters.', ['name'])]),
    ...(/^[A-Z]{2}$/.test(countryCode)
      ? []
      : [invalidInput('countryCode is two capital letters, like GB.', ['countryCode'])]),
  ])
  await db.$executeRaw`
    insert into stock_location (name, country_code) values (${name}, ${countryCode}) on conflict (name) do nothing`
  const location = await db.stockLocation.findUniqueOrThrow({ where: { name } })
  if (location.countryCode !== countryCode)
    throw new Refused([
      validationError('LOCATION_NAME_TAKEN', 'A location in another country has this name.', ['name']),
    ])
  return location
}
