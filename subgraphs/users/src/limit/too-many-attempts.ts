import type { UserErrorData } from '@cartograph/error-catalogue'

export interface TooManyAttempts extends UserErrorData {
  readonly retryAfterSeconds: number
}

/** The refusal of a try that comes too soon. */
export function tooManyAttempts(freeAt: Date, now: Date): TooManyAttempts {
  const retryAfterSeconds = Math.ceil((freeAt.getTime() - now.getTime()) / 1_000)
  return {
    __typename: 'TooManyAttemptsError',
    code: 'TOO_MANY_ATTEMPTS',
    message: `That was tried too often. Try again in ${retryAfterSeconds} s.`,
    path: null,
    retryAfterSeconds,
  }
}
