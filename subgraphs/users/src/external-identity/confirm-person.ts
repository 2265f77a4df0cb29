import { authorizationCodeGrant, type Configuration, fetchUserInfo } from 'openid-client'
import { checkEmail, normalizedEmail } from '../account/account-rules.ts'
import type { ExternalProvider } from '../env.ts'
import { externalProviderUnavailable, externalSignInFailed, isUnreached } from './external-refusals.ts'
import type { UsersServices } from '../account/users-request.ts'
import type { ExternalPerson } from './external-sign-in.ts'

export interface BegunSignIn {
  readonly redirectUri: string
  readonly nonce: string
  readonly codeVerifier: string
}

/**
 * Who the provider says has come back. The library checks the callback's state and issuer (RFC 9207), and of the id_token
 * signature, issuer, audience, times and nonce (OpenID Connect Core 1.0, section 3.1.3.7). Refuses with
 * EXTERNAL_SIGN_IN_FAILED when any of it is wrong, and with EXTERNAL_PROVIDER_UNAVAILABLE when the provider is not reached.
 */
export async function confirmPerson(
  { externalProviders, now }: Pick<UsersServices, 'externalProviders' | 'now'>,
  provider: ExternalProvider,
  { nonce: expectedNonce, codeVerifier: pkceCodeVerifier }: BegunSignIn,
  { callbackUrl, expectedState }: { readonly callbackUrl: URL; readonly expectedState: string },
): Promise<ExternalPerson> {
  const configuration = await externalProviders.configurationOf(provider, now())
  try {
    const checks = { expectedState, expectedNonce, pkceCodeVerifier, idTokenExpected: true }
    const tokens = await authorizationCodeGrant(configuration, callbackUrl, checks)
    const idToken = tokens.claims()!
    const claims = { ...(await userInfoOf(configuration, tokens.access_token, idToken.sub)), ...idToken }
    const email = typeof claims['email'] === 'string' ? normalizedEmail(claims['email']) : ''
    const isVerified = claims['email_verified'] === true && checkEmail(email, []).length === 0
    const name = typeof claims['name'] === 'string' ? claims['name'].trim() : ''
    return { issuer: idToken.iss, subject: idToken.sub, verifiedEmail: isVerified ? email : null, name: name || null }
  } catch (error) {
    externalProviders.note(provider, error)
    throw isUnreached(error) ? externalProviderUnavailable() : externalSignInFailed()
  }
}

/** Providers may keep address and name out of the id_token (OpenID Connect Core 1.0, section 5.4). */
async function userInfoOf(configuration: Configuration, accessToken: string, subject: string): Promise<object> {
  const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined
  return hasUserInfo ? fetchUserInfo(configuration, accessToken, subject) : {}
}
