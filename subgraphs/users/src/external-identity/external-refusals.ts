import { type RefusalCode, Refused } from '@cartograph/error-catalogue'

const refusal = (code: RefusalCode, message: string, path: string[] | null = null) =>
  new Refused([{ __typename: 'ExternalSignInError', code, message, path }])

/** One refusal for all that can be wrong with a callback: whoever forges one learns nothing from it. */
export const externalSignInFailed = () =>
  refusal('EXTERNAL_SIGN_IN_FAILED', 'The sign-in was not confirmed, or took too long. Begin anew.')

export const externalProviderUnavailable = () =>
  refusal('EXTERNAL_PROVIDER_UNAVAILABLE', 'The provider of the sign-in does not answer. Try again later.')

export const externalEmailUnverified = () =>
  refusal('EXTERNAL_EMAIL_UNVERIFIED', 'The provider does not confirm an e-mail address of yours.')

export const externalAccountExists = () =>
  refusal(
    'EXTERNAL_ACCOUNT_EXISTS',
    'There is an account with this e-mail address already. Sign in with its password and verify the address first.',
  )

/** The code of an error and of what caused it; never its text. */
export function reasonOf(error: unknown): string {
  const { code, name, cause } = error as { code?: string; name?: string; cause?: unknown }
  const own = code ?? name ?? 'unknown'
  return cause instanceof Error ? `${own}: ${reasonOf(cause)}` : own
}

/** Whether an error says that the provider was not reached, and not what it answered. */
export function isUnreached(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: unknown }
  // fetch throws a TypeError for every failure of the network.
  return name === 'TypeError' || code === 'OAUTH_TIMEOUT'
}
