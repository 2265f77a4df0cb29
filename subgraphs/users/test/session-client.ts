import { randomUUID } from 'node:crypto'
import { fromGlobalId } from '@cartograph/global-ids'
import { guest, type SubgraphUnderTest } from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { decodeJwt } from 'jose'
import { startUsers } from './start-users.ts'

export const password = 'correct horse'

export interface TestSession {
  readonly accessToken: string
  readonly refreshToken: string
  readonly viewer: { readonly id: string; readonly email: string }
}
export interface SessionOutcome {
  readonly session: TestSession | null
  readonly userErrors: { readonly code: string; readonly retryAfterSeconds?: number }[]
}

/** The users subgraph on a database of its own, and the ways in which people sign in to it. */
export async function sessionClient(environment: Record<string, string> = {}) {
  const users = await startUsers(environment)
  const ask = async (field: string, args: string, types: string, viewer: ViewerClaims, variables: object) =>
    (
      await users.ask<Record<string, SessionOutcome>>(
        viewer,
        `mutation (${types}) { ${field}(${args}) { session { accessToken refreshToken viewer { id email } }
          userErrors { code ... on TooManyAttemptsError { retryAfterSeconds } } } }`,
        variables,
      )
    ).data[field]!
  return {
    users,
    register: (email = `${randomUUID()}@example.com`, viewer: ViewerClaims = guest()) =>
      ask('userRegister', 'input: $input', '$input: UserRegisterInput!', viewer, {
        input: { email, password, displayName: 'Ada' },
      }),
    signIn: (email: string, viewer: ViewerClaims = guest(), tried = password) =>
      ask('sessionCreate', 'email: $email, password: $tried', '$email: String!, $tried: String!', viewer, {
        email,
        tried,
      }),
    refresh: (token: string, viewer: ViewerClaims = guest()) =>
      ask('sessionRefresh', 'refreshToken: $token', '$token: String!', viewer, { token }),
  }
}

/** The claims that the gateway would make of a session's access token. */
export function claimsOf({ accessToken }: TestSession): ViewerClaims & { id: string; sessionId: string } {
  const { sub, sid, scope } = decodeJwt<{ sid: string; scope: string }>(accessToken)
  return {
    kind: 'user',
    id: fromGlobalId('User', sub!),
    scopes: scope.split(' ').filter(Boolean),
    cartToken: null,
    sessionId: sid,
    clientAddress: null,
    requestId: 'test',
  }
}

/** Has it be so much later for what is stored of a session: every time of it is that much earlier. */
export async function age(users: SubgraphUnderTest, sessionId: string, interval: string): Promise<void> {
  await users.sql(
    `update session set created_at = created_at - $2::interval, last_used_at = last_used_at - $2::interval where id = $1`,
    [sessionId, interval],
  )
  await users.sql(
    `update refresh_token set expires_at = expires_at - $2::interval, used_at = used_at - $2::interval,
       replaced_at = replaced_at - $2::interval where session_id = $1`,
    [sessionId, interval],
  )
}

/** How many tokens of a session are good, and how many of it were given up. */
export async function tokensOf(users: SubgraphUnderTest, sessionId: string) {
  const [row] = await users.sql<{ live: number; used: number; replaced: number; ended: boolean }>(
    `select count(*) filter (where t.used_at is null and t.replaced_at is null)::int as live,
       count(t.used_at)::int as used, count(t.replaced_at)::int as replaced, s.revoked_at is not null as ended
     from refresh_token t join session s on s.id = t.session_id where s.id = $1 group by s.id`,
    [sessionId],
  )
  return row
}
