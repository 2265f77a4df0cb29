import type { UserErrorData } from '@cartograph/error-catalogue'

export const invalidToken: UserErrorData = {
  __typename: 'InvalidTokenError',
  code: 'INVALID_TOKEN',
  message: 'The link is unknown, used, expired or replaced by a newer one. Ask for another.',
  path: ['token'],
}
