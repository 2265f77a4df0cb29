import { type Permissions, viewerRule } from '@cartograph/viewer'
import { maySeePrivateFactsOf, type User } from './account/user.ts'
import type { Address } from './address/address.ts'

const ownerOfAccount = viewerRule<User>('owner of the account, or users:read', (viewer, user) =>
  maySeePrivateFactsOf(viewer, user.id),
)

export const permissions: Permissions = {
  'User.email': ownerOfAccount,
  'User.emailVerified': ownerOfAccount,
  'User.displayName': ownerOfAccount,
  'User.addresses': ownerOfAccount,
  'User.defaultAddress': ownerOfAccount,
  'User.preferredCurrency': ownerOfAccount,
  'User.roles': ownerOfAccount,
  'User.createdAt': ownerOfAccount,
  'Address.*': viewerRule<Address>('owner of the address, or users:read', (viewer, address) =>
    maySeePrivateFactsOf(viewer, address.userId),
  ),
}
