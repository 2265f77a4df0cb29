import type { UserErrorData } from '@cartograph/error-catalogue'

export const wrongPassword: UserErrorData = {
  __typename: 'InvalidCredentialsError',
  code: 'INVALID_CREDENTIALS',
  message: 'That is not the password of your account.',
  path: ['currentPassword'],
}

export function emailTaken(path: string[]): UserErrorData {
  return {
    __typename: 'EmailTakenError',
    code: 'EMAIL_TAKEN',
    message: 'There is an account with this e-mail address already.',
    path,
  }
}
