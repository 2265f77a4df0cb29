import { invalidInput, Refused } from '@cartograph/error-catalogue'
import { findUsers } from '../account/find-users.ts'
import { openSession } from '../session/open-session.ts'
import type { SignedInSession } from '../session/session.ts'
import { accountOfPerson } from './account-of-person.ts'
import { confirmPerson } from './confirm-person.ts'
import { externalSignInFailed } from './external-refusals.ts'
import type { UsersRequest } from '../account/users-request.ts'
import { authorizationState, browserStateHash } from './sign-in-state.ts'

/**
 * Signs in whom the provider has sent back. What was begun is used up by the first try, right or wrong: of two at once
 * one goes on. A refused one leaves no account, no link and no session.
 */
export async function completeExternalSignIn(
  services: UsersRequest,
  state: string,
  callbackUrl: string,
): Promise<SignedInSession> {
  const { db, now, externalProviders } = services
  if (!URL.canParse(callbackUrl)) throw new Refused([invalidInput('That is not a URL.', ['callbackUrl'])])
  const [begun] = await db.$queryRaw<
    { provider: string; redirectUri: string; nonce: string; codeVerifier: string; expiresAt: Date }[]
  >`delete from external_sign_in where state_hash = ${browserStateHash(state)}
    returning provider, redirect_uri as "redirectUri", nonce, code_verifier as "codeVerifier", expires_at as "expiresAt"`
  const provider = begun && externalProviders.find(begun.provider)
  if (!provider || begun.expiresAt <= now()) throw externalSignInFailed()
  const callback = new URL(callbackUrl)
  if (`${callback.origin}${callback.pathname}` !== new URL(begun.redirectUri).href) throw externalSignInFailed()
  const person = await confirmPerson(services, provider, begun, {
    callbackUrl: callback,
    expectedState: authorizationState(state),
  })
  const userId = await accountOfPerson(db, person, now())
  const [user] = await findUsers(db, [userId])
  if (!user) throw externalSignInFailed()
  return openSession(services, user, { provider: provider.id })
}
