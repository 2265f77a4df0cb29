import { type OpenIdProvider, startOpenIdProvider } from '@cartograph/test-kit/openid-provider'
import { decodeJwt } from 'jose'
import { guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sessionClient, type TestSession } from './session-client.ts'

const redirectUri = 'http://127.0.0.1:4000/signed-in'
const registered = { clientId: 'shop', clientSecret: 'secret of the shop', redirectUris: [redirectUri] }

let work: OpenIdProvider
let client: Awaited<ReturnType<typeof sessionClient>>
beforeAll(async () => {
  work = await startOpenIdProvider(registered)
  client = await sessionClient({
    STAFF_SIGN_IN: 'provider',
    OIDC_PROVIDERS: JSON.stringify([{ id: 'work', issuer: work.issuer, ...registered }]),
  })
})
afterAll(async () => {
  await client.users.stop()
  await work.stop()
})

const scopeOf = ({ accessToken }: TestSession) => decodeJwt<{ scope: string }>(accessToken).scope

async function signInAtWork(email: string): Promise<TestSession> {
  const { data: begun } = await client.users.ask<{
    externalSignInStart: { externalSignIn: { authorizationUrl: string; state: string } }
  }>(
    guest(),
    `mutation { externalSignInStart(provider: "work", redirectUri: "${redirectUri}") {
      externalSignIn { authorizationUrl state } } }`,
  )
  const { authorizationUrl, state } = begun.externalSignInStart.externalSignIn
  work.signedIn = { sub: email, email, email_verified: true, name: 'Ada' }
  const { data } = await client.users.ask<{ externalSignInComplete: { session: TestSession } }>(
    guest(),
    `mutation ($state: String!, $url: String!) { externalSignInComplete(state: $state, callbackUrl: $url) {
      session { accessToken refreshToken viewer { id email roles } } } }`,
    { state, url: await work.visit(authorizationUrl, redirectUri) },
  )
  return data.externalSignInComplete.session
}

test('where staff must sign in at a provider, a session by password has no scope, also when it is renewed', async () => {
  const { session } = await client.register()
  const { viewer, refreshToken } = session!
  const email = viewer.email
  await client.users.sql('update user_account set email_verified_at = now() where email = $1', [email])
  await client.users.ask(
    user(undefined, ['users:write']),
    'mutation ($id: ID!) { userRolesSet(userId: $id, roles: [SUPPORT]) { user { id } } }',
    { id: viewer.id },
  )
  expect(scopeOf((await client.refresh(refreshToken)).session!)).toBe('')
  expect(scopeOf((await client.signIn(email)).session!)).toBe('')

  const atWork = await signInAtWork(email)
  expect(atWork.viewer).toEqual({ id: viewer.id, email, roles: ['CUSTOMER', 'SUPPORT'] })
  const support = 'carts:read inventory:read orders:read users:read'
  expect(scopeOf(atWork)).toBe(support)
  expect(scopeOf((await client.refresh(atWork.refreshToken)).session!)).toBe(support)
})
