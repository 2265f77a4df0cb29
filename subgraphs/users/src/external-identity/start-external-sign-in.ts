import { invalidInput, Refused } from '@cartograph/error-catalogue'
import { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier } from 'openid-client'
import { takeAddressAttempt } from '../limit/take-address-attempt.ts'
import type { UsersRequest } from '../account/users-request.ts'
import type { StartedSignIn } from './external-sign-in.ts'
import { authorizationState, browserStateHash, externalSignInLifetimeMs, newBrowserState } from './sign-in-state.ts'

/**
 * Begins a sign-in by the authorization code flow of OpenID Connect Core 1.0 with PKCE (RFC 7636). Refuses a provider
 * that is not configured and a redirect URI that is not listed to the letter (RFC 9700, section 2.1). Nothing is
 * written unless the provider could be reached. Those that were never completed are removed on
 * the way. It counts as a try to sign in from the client's address, so that nobody fills the table.
 */
export async function startExternalSignIn(
  request: UsersRequest,
  providerId: string,
  redirectUri: string,
): Promise<StartedSignIn> {
  const { db, now, externalProviders } = request
  await takeAddressAttempt(request)
  const provider = externalProviders.find(providerId)
  if (!provider) throw new Refused([invalidInput('There is no such provider.', ['provider'])])
  if (!provider.redirectUris.includes(redirectUri))
    throw new Refused([invalidInput('The shop has not listed this redirect URI.', ['redirectUri'])])
  const at = now()
  const configuration = await externalProviders.configurationOf(provider, at)
  const state = newBrowserState()
  const [nonce, codeVerifier] = [randomNonce(), randomPKCECodeVerifier()]
  await db.$transaction([
    db.externalSignIn.deleteMany({ where: { expiresAt: { lte: at } } }),
    db.externalSignIn.create({
      data: {
        stateHash: browserStateHash(state),
        provider: provider.id,
        redirectUri,
        nonce,
        codeVerifier,
        expiresAt: new Date(at.getTime() + externalSignInLifetimeMs),
      },
    }),
  ])
  const authorizationUrl = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state: authorizationState(state),
    nonce,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  })
  return { authorizationUrl: authorizationUrl.href, state }
}
