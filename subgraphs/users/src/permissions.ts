import { type Permissions, viewerRule } from '@cartograph/viewer'
import { maySeePrivateFactsOf, type User } from './account/user.ts'
import type { Address } from './address/address.ts'

const ownerOfAccount = viewerRule<User>('owner of the account, or users:read', (viewer, user) =>
  maySeePrivateFactsOf(viewer, user.id),
)

export const permissions: Permissions = {
  rules: {
    'User.email': ownerOfAccount,
    'User.addresses': ownerOfAccount,
    'User.defaultAddress': ownerOfAccount,
    'User.roles': ownerOfAccount,
    'Address.*': viewerRule<Address>('owner of the address, or users:read', (viewer, address) =>
      maySeePrivateFactsOf(viewer, address.userId),
    ),
  },
  publicRootFields: {
    'Query.viewer': 'It answers null to a guest.',
    'Mutation.userRegister': 'Nobody has an account before opening one.',
    'Mutation.sessionCreate': 'It is how one signs in.',
    'Mutation.sessionRefresh': 'The refresh token is the permission.',
    'Mutation.sessionRevoke': 'The refresh token is the permission.',
  },
}
