import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fromGlobalId } from '@cartograph/global-ids'
import { eventually, guest, subgraphUnderTest, type SubgraphUnderTest, user } from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { exportJWK, generateKeyPair } from 'jose'
import { expect } from 'vitest'
import { start } from '../src/server.ts'

export const password = 'correct horse'

export interface Session {
  readonly accessToken: string
  readonly refreshToken: string
  readonly viewer: { readonly id: string }
}

export interface Refusal {
  readonly code: string
  readonly path: string[] | null
}

/** An account, as the claims under which its owner asks. */
export interface Account {
  readonly id: string
  readonly email: string
  readonly claims: ViewerClaims
  readonly refreshToken: string
}

export interface UsersUnderTest extends SubgraphUnderTest {
  /** The mails to an address, the earliest first, whole but for the soft breaks of lines. */
  mailsTo(email: string): string[]
  /** The token in the newest link to a page that an address was sent, when there are so many of them. */
  tokenTo(email: string, page: string, count?: number): Promise<string>
  register(email?: string): Promise<Account>
  /** Another sign-in: its refresh token, and the id of its session. */
  signIn(email: string, password: string): Promise<Session | null>
  /** The codes with which the refresh of a session is refused; none when it lives. */
  refusalsOfRefresh(refreshToken: string): Promise<string[]>
  /** The answer of one mutation, which must have no errors. */
  mutate<Result>(viewer: ViewerClaims, mutation: string, variables?: object): Promise<Result & Refused>
}

interface Refused {
  readonly userErrors: readonly Refusal[]
}

/** Where the subscribers of this service would be: nobody listens there. */
export const nobodyListens = Object.fromEntries(
  ['CARTS', 'ORDERS', 'RECOMMENDATIONS'].flatMap((name) => [
    [`${name}_URL`, 'http://127.0.0.1:9'],
    [`${name}_SIGNING_SECRET`, 'a secret of at least thirty-two characters'],
  ]),
)

const folderOfMails = () => mkdtempSync(path.join(tmpdir(), 'cartograph-mailbox-'))
const session = 'session { accessToken refreshToken viewer { id } } userErrors { code path }'

/** The real users service with a mailbox, and the gestures of who has an account. */
export async function usersUnderTest(environment: Record<string, string> = {}): Promise<UsersUnderTest> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const mailbox = folderOfMails()
  const users = await subgraphUnderTest('users', start, {
    ACCESS_TOKEN_KEYS: JSON.stringify([{ ...(await exportJWK(privateKey)), kid: 'first' }]),
    STORE_URL: 'https://shop.example/en',
    ...nobodyListens,
    MAILBOX_DIR: mailbox,
    ...environment,
  })
  const mutate = async <Result>(viewer: ViewerClaims, mutation: string, variables: object = {}) => {
    const { data, errors } = await users.ask<Record<string, Result & Refused>>(viewer, mutation, variables)
    expect(errors).toBeUndefined()
    return Object.values(data)[0]!
  }
  const signIn = async (email: string, given: string) =>
    (
      await mutate<{ session: Session | null }>(
        guest(),
        `mutation ($email: String!, $given: String!) { sessionCreate(email: $email, password: $given) { ${session} } }`,
        { email, given },
      )
    ).session
  const mailsTo = (email: string) =>
    readdirSync(mailbox)
      .filter((name) => name.endsWith('.eml'))
      .map((name) => readFileSync(path.join(mailbox, name), 'utf8').replaceAll('=\r\n', '').replaceAll('=3D', '='))
      .filter((mail) => mail.includes(`To: ${email}\r\n`))
  return {
    ...users,
    mutate,
    signIn,
    mailsTo,
    tokenTo: (email, page, count = 1) =>
      eventually(() => {
        const links = mailsTo(email).flatMap((mail) => [...mail.matchAll(/https:\S+/g)].map(([link]) => new URL(link)))
        const tokens = links
          .filter((link) => `${link.origin}${link.pathname}` === `https://shop.example/en/${page}`)
          .map((link) => link.searchParams.get('token')!)
        expect(tokens).toHaveLength(count)
        return tokens.at(-1)!
      }),
    async register(email = `${randomUUID()}@example.com`) {
      const input = { email, password, displayName: 'Ada' }
      const { session: made } = await mutate<{ session: Session }>(
        guest(),
        `mutation ($input: UserRegisterInput!) { userRegister(input: $input) { ${session} } }`,
        { input },
      )
      const id = fromGlobalId('User', made.viewer.id)
      const [row] = await users.sql<{ id: string }>('select id from session where user_id = $1', [id])
      return { id, email, refreshToken: made.refreshToken, claims: { ...user(id), sessionId: row!.id } }
    },
    async refusalsOfRefresh(refreshToken) {
      const { userErrors } = await mutate(
        guest(),
        'mutation ($token: String!) { sessionRefresh(refreshToken: $token) { userErrors { code path } } }',
        { token: refreshToken },
      )
      return userErrors.map(({ code }) => code)
    },
    async stop() {
      await users.stop()
      rmSync(mailbox, { recursive: true })
    },
  }
}
