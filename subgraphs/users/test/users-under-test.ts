import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fromGlobalId } from '@cartograph/global-ids'
import { eventually, guest, user } from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { expect } from 'vitest'
import { type StartedUsers, startUsers } from './start-users.ts'

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

export interface UsersUnderTest extends StartedUsers {
  /** The mails to an address, the earliest first, whole but for the soft breaks of lines. */
  mailsTo(email: string): string[]
  /** The token in the newest link to a page that an address was sent, when there are so many of them. */
  tokenTo(email: string, page: string, count?: number): Promise<string>
  register(email?: string): Promise<Account>
  /** What is recorded of an account, in its order, as kinds. */
  recorded(userId: string): Promise<string[]>
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

const session = 'session { accessToken refreshToken viewer { id } } userErrors { code path }'

/** The real users service with a mailbox, and the gestures of who has an account. */
export async function usersUnderTest(environment: Record<string, string> = {}): Promise<UsersUnderTest> {
  const users = await startUsers(environment)
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
    readdirSync(users.mailbox)
      .filter((name) => name.endsWith('.eml'))
      .map((name) =>
        readFileSync(path.join(users.mailbox, name), 'utf8').replaceAll('=\r\n', '').replaceAll('=3D', '='),
      )
      .filter((mail) => mail.includes(`To: ${email}\r\n`))
  return {
    ...users,
    /** But for what is counted and recorded of tries, which refusals add to. */
    async stored() {
      const { security_event: _, attempt_limit: __, ...rows } = await users.stored()
      return rows
    },
    recorded: async (userId) =>
      (
        await users.sql<{ kind: string }>('select kind from security_event where user_id = $1 order by at, id', [
          userId,
        ])
      ).map(({ kind }) => kind),
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
  }
}
