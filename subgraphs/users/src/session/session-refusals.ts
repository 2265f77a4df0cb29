import type { UserErrorData } from '@cartograph/error-catalogue'

export const invalidCredentials: UserErrorData = {
  __typename: 'InvalidCredentialsError',
  code: 'INVALID_CREDENTIALS',
  message: 'The e-mail address and the password do not belong together.',
  path: null,
}

export const invalidToken: UserErrorData = {
  __typename: 'InvalidTokenError',
  code: 'INVALID_TOKEN',
  message: 'The refresh token is unknown, used, expired or revoked. Sign in again.',
  path: ['refreshToken'],
}
