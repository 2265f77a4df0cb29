import { tryFromGlobalId } from '@cartograph/global-ids'
import { type Permissions, viewerRule } from '@cartograph/viewer/permissions'
import { maySeePrivateFactsOf, type User } from './account/user.ts'
import type { PersonalDataReference } from './graphql/references.ts'
import type { Address } from './address/address.ts'

const ownerOfAccount = viewerRule<User>('owner of the account, or users:read', (viewer, user) =>
  maySeePrivateFactsOf(viewer, user.id),
)

/** No scope opens it: where somebody is signed in, and what is kept of them, is no business of support's either. */
const oneself = viewerRule<User>('the owner of the account', (viewer, user) => viewer.userId === user.id)

export const permissions: Permissions = {
  'User.email': ownerOfAccount,
  'User.emailVerified': ownerOfAccount,
  'User.displayName': ownerOfAccount,
  'User.addresses': ownerOfAccount,
  'User.defaultAddress': ownerOfAccount,
  'User.preferredCurrency': ownerOfAccount,
  'User.roles': ownerOfAccount,
  'User.createdAt': ownerOfAccount,
  'User.sessions': oneself,
  'User.securityEvents': oneself,
  'User.personalData': oneself,
  'PersonalData.*': viewerRule<PersonalDataReference>(
    'whose data they are',
    ({ userId }, { id }) => userId !== null && userId === tryFromGlobalId('PersonalData', id),
  ),
  'Address.*': viewerRule<Address>('owner of the address, or users:read', (viewer, address) =>
    maySeePrivateFactsOf(viewer, address.userId),
  ),
}
