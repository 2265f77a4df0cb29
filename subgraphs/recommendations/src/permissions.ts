import { tryFromGlobalId } from '@cartograph/global-ids'
import { type Permissions, viewerRule } from '@cartograph/viewer/permissions'
import type { UserReference } from './graphql/references.ts'

const thatUser = viewerRule<UserReference>(
  'the user',
  ({ userId }, { id }) => userId !== null && userId === tryFromGlobalId('User', id),
)

export const permissions: Permissions = {
  // No scope opens it: what somebody may like tells what they have bought, and staff has no business with it.
  'User.recommendations': thatUser,
  'User.buyAgain': thatUser,
  // Product and Cart have none: what goes with products is no secret, and a cart's contents come with the question.
}
