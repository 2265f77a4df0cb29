import type { UserErrorData } from '@cartograph/error-catalogue'

export function emailTaken(path: string[]): UserErrorData {
  return {
    __typename: 'EmailTakenError',
    code: 'EMAIL_TAKEN',
    message: 'There is an account with this e-mail address already.',
    path,
  }
}
