import type { CustomerRecord } from '@cartograph/contracts'
import { stableUuid } from './stable-uuid.ts'

const STAFF = [
  { name: 'admin', role: 'ADMIN', displayName: 'Imani Brooks' },
  { name: 'support', role: 'SUPPORT', displayName: 'Callum Doyle' },
  { name: 'merchandiser', role: 'MERCHANDISER', displayName: 'Sofia Lindqvist' },
  { name: 'warehouse', role: 'WAREHOUSE', displayName: 'Tariq Mahmood' },
] as const

/** The four staff accounts, admin first. Their ids depend on the e-mail alone, so every dataset shares them. */
export function staffAccounts(createdAt: Date): CustomerRecord[] {
  return STAFF.map(({ name, role, displayName }) => ({
    kind: 'customer',
    id: stableUuid('cartograph/staff', `${name}@example.com`),
    email: `${name}@example.com`,
    displayName,
    roles: [role],
    demoPassword: true,
    preferredCurrency: 'GBP',
    createdAt: createdAt.toISOString(),
    address: null,
  }))
}
