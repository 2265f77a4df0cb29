import type { CustomerRecord } from '@cartograph/contracts'
import type { Random } from '../seeded-random.ts'
import { slug } from '../slug.ts'
import { stableUuid } from '../stable-uuid.ts'
import { DAY, HOUR, instant } from './calendar.ts'
import { FIRST_NAMES, LAST_NAMES, STREETS, TOWNS } from './name-tables.ts'
import { TASTE_GROUPS, type TasteGroup } from './taste-groups.ts'

const CUSTOMER_COUNT = 300
const WITH_DEMO_PASSWORD = 10
const POSTCODE_LETTERS = [...'ABDEFGHJLNPQRSTUWXYZ']

/** A customer with what the demo shop knows beyond the record. */
export interface DemoCustomer {
  readonly record: CustomerRecord
  readonly taste: TasteGroup
  /** What else they now and then buy. */
  readonly secondTaste: TasteGroup
  /** Days before the start of today on which they joined. */
  readonly age: number
}

/** The 300 customers, customer@example.com first; e-mail addresses are unique and at example.com. */
export function buildCustomers(random: Random, today: number): DemoCustomer[] {
  const taken = new Set<string>()
  return Array.from({ length: CUSTOMER_COUNT }, (_, index): DemoCustomer => {
    const taste = TASTE_GROUPS[index % TASTE_GROUPS.length] as TasteGroup
    const age = index === 0 ? 500 : random.next() < 0.6 ? random.between(366, 900) : random.between(30, 365)
    const displayName = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`
    const email = index === 0 ? 'customer@example.com' : freeAddress(displayName, taken)
    return {
      taste,
      secondTaste: random.pick(TASTE_GROUPS.filter((other) => other !== taste)),
      age,
      record: {
        kind: 'customer',
        id: stableUuid('demo-shop/customer', email),
        email,
        displayName,
        roles: ['CUSTOMER'],
        demoPassword: index < WITH_DEMO_PASSWORD,
        preferredCurrency: 'GBP',
        createdAt: instant(today - age * DAY + random.between(7, 22) * HOUR),
        address: buildAddress(email, random),
      },
    }
  })
}

function freeAddress(displayName: string, taken: Set<string>): string {
  // NFKD leaves the stroke of an l alone.
  const name = slug(displayName.replaceAll('ł', 'l')).replaceAll('-', '.')
  let address = `${name}@example.com`
  for (let number = 2; taken.has(address); number += 1) address = `${name}${number}@example.com`
  taken.add(address)
  return address
}

function buildAddress(email: string, random: Random): CustomerRecord['address'] {
  const { city, area } = random.pick(TOWNS)
  const inward = `${random.between(1, 9)}${random.pick(POSTCODE_LETTERS)}${random.pick(POSTCODE_LETTERS)}`
  return {
    id: stableUuid('demo-shop/address', email),
    line1: `${random.between(1, 180)} ${random.pick(STREETS)}`,
    line2: random.next() < 0.15 ? `Flat ${random.between(1, 24)}` : null,
    city,
    postalCode: `${area}${random.between(1, 20)} ${inward}`,
    countryCode: 'GB',
  }
}
