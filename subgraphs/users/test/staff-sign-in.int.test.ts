import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type OpenIdProvider, startOpenIdProvider } from '@cartograph/test-kit/openid-provider'
import { decodeJwt } from 'jose'
import { eventually, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimsOf, password, sessionClient, type TestSession } from './session-client.ts'

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

async function signInAtWork(email: string, sub = email): Promise<TestSession | null> {
  const { data: begun } = await client.users.ask<{
    externalSignInStart: { externalSignIn: { authorizationUrl: string; state: string } }
  }>(
    guest(),
    `mutation { externalSignInStart(provider: "work", redirectUri: "${redirectUri}") {
      externalSignIn { authorizationUrl state } } }`,
  )
  const { authorizationUrl, state } = begun.externalSignInStart.externalSignIn
  work.signedIn = { sub, email, email_verified: true, name: 'Ada' }
  const { data } = await client.users.ask<{ externalSignInComplete: { session: TestSession | null } }>(
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

  const atWork = (await signInAtWork(email))!
  expect(atWork.viewer).toEqual({ id: viewer.id, email, roles: ['CUSTOMER', 'SUPPORT'] })
  const support = 'carts:read inventory:read orders:read users:read'
  expect(scopeOf(atWork)).toBe(support)
  expect(scopeOf((await client.refresh(atWork.refreshToken)).session!)).toBe(support)
})

test('nobody becomes staff by a password through another e-mail address and a provider of their own', async () => {
  const session = (await client.register()).session!
  const { viewer } = session
  await client.users.sql('update user_account set email_verified_at = now() where email = $1', [viewer.email])
  const setRoles = (roles: string) =>
    client.users.ask(
      user(undefined, ['users:write']),
      `mutation ($id: ID!) { userRolesSet(userId: $id, roles: [${roles}]) { user { id } } }`,
      { id: viewer.id },
    )
  const request = `mutation { emailChangeRequest(currentPassword: "${password}", newEmail: "thief@example.com") {
    userErrors { code path } } }`
  // Asked for while they were a customer, and followed when they are not any more.
  expect((await client.users.ask(claimsOf(session), request)).data).toEqual({ emailChangeRequest: { userErrors: [] } })
  const token = await eventually(() => {
    const text = readdirSync(client.users.mailbox)
      .map((name) => readFileSync(path.join(client.users.mailbox, name), 'utf8'))
      .join('')
      .replaceAll('=\r\n', '')
      .replaceAll('=3D', '=')
    const [, found] = /change-email\?token=([\w-]+)/.exec(text) ?? []
    expect(found).toBeDefined()
    return found!
  })
  await setRoles('ADMIN')
  const refused = (field: string) => ({ userErrors: [{ code: 'INVALID_INPUT', path: [field] }] })
  expect((await client.users.ask(claimsOf(session), request)).data).toEqual({ emailChangeRequest: refused('newEmail') })
  const change = `mutation { emailChange(token: "${token}") { userErrors { code path } } }`
  expect((await client.users.ask(guest(), change)).data).toEqual({ emailChange: refused('token') })
  expect(await client.users.sql('select email from user_account where email = $1', [viewer.email])).toHaveLength(1)
  // Nor by a second subject at the provider, with the address of somebody who is known there already.
  await signInAtWork(viewer.email)
  expect(await signInAtWork(viewer.email, 'somebody else')).toBeNull()
  await setRoles('')
  expect((await client.users.ask(guest(), change)).data).toEqual({ emailChange: { userErrors: [] } })
})
