import { invalidInput, type UserErrorData } from '@cartograph/error-catalogue'
import { Prisma } from '../database.ts'

export interface Address {
  readonly id: string
  readonly userId: string
  readonly fullName: string
  readonly line1: string
  readonly line2: string | null
  readonly city: string
  readonly postalCode: string
  readonly countryCode: string
  readonly isDefault: boolean
}

export interface AddressInput {
  readonly fullName: string
  readonly line1: string
  readonly line2?: string | null | undefined
  readonly city: string
  readonly postalCode: string
  readonly countryCode: string
  readonly isDefault: boolean
}

export const addressColumns = Prisma.sql`a.id, a.user_id as "userId", a.full_name as "fullName", a.line1, a.line2, a.city,
  a.postal_code as "postalCode", a.country_code as "countryCode", a.is_default as "isDefault"`

export const mostAddresses = 20

/** Every rule that `input` breaks. */
export function checkAddress(input: AddressInput): UserErrorData[] {
  const length = (field: 'fullName' | 'line1' | 'city' | 'postalCode', most: number) => {
    const { length: given } = input[field].trim()
    return given >= 1 && given <= most ? [] : [invalidInput(`${field} has 1 to ${most} characters.`, ['input', field])]
  }
  return [
    ...length('fullName', 100),
    ...length('line1', 200),
    ...length('city', 100),
    ...length('postalCode', 20),
    ...((input.line2?.length ?? 0) <= 200
      ? []
      : [invalidInput('line2 has at most 200 characters.', ['input', 'line2'])]),
    ...(/^[A-Z]{2}$/.test(input.countryCode)
      ? []
      : [invalidInput('countryCode is two capital letters, like GB.', ['input', 'countryCode'])]),
  ]
}
