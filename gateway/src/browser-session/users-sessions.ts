import { errorCatalogue, requestError, type UserErrorData } from '@cartograph/error-catalogue'
import type { ViewerClaims } from '@cartograph/viewer'
import { isMeantForClients } from '../errors/mask-error.ts'
import { RequestLifetime } from '../subgraphs/request-lifetime.ts'
import type { SubgraphClient } from '../subgraphs/subgraph-client.ts'

/** A session as users opens or renews it. */
export interface OpenedSession {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: string
  readonly viewer: { readonly id: string; readonly displayName: string }
}

/** Why there is no session; of one try too many also when the next is worth while. */
export interface SessionRefusal extends Pick<UserErrorData, 'code' | 'message' | 'path'> {
  readonly retryAfterSeconds?: number
}

/** A session, or why there is none. */
export interface SessionOutcome {
  readonly session: OpenedSession | null
  readonly userErrors: readonly SessionRefusal[]
}

const session = `session { accessToken refreshToken expiresAt viewer { id displayName } }
  userErrors { code message path ... on TooManyAttemptsError { retryAfterSeconds } }`
const create = `mutation BrowserSessionCreate($email: String!, $password: String!) {
  answer: sessionCreate(email: $email, password: $password) { ${session} }
}`
const refresh = `mutation BrowserSessionRefresh($refreshToken: String!) {
  answer: sessionRefresh(refreshToken: $refreshToken) { ${session} }
}`
const revoke = `mutation BrowserSessionRevoke($refreshToken: String!) {
  answer: sessionRevoke(refreshToken: $refreshToken) { revoked }
}`

/** Longer than users may take for any one request. */
const deadlineMs = 30_000

/** What users does for browser sessions, asked as the gateway asks for everything: signed, for the viewer in `claims`. */
export class UsersSessions {
  readonly #users: SubgraphClient

  constructor(users: SubgraphClient) {
    this.#users = users
  }

  create(credentials: { email: string; password: string }, claims: ViewerClaims): Promise<SessionOutcome> {
    return this.#ask(create, credentials, claims)
  }

  refresh(refreshToken: string, claims: ViewerClaims): Promise<SessionOutcome> {
    return this.#ask(refresh, { refreshToken }, claims)
  }

  /** Answers whether the session was alive until now. */
  async revoke(refreshToken: string, claims: ViewerClaims): Promise<boolean> {
    return (await this.#ask<{ revoked: boolean }>(revoke, { refreshToken }, claims)).revoked
  }

  /** Throws the error that users answers, or that there is no answer, for a client to see. */
  async #ask<Answer>(query: string, variables: Record<string, unknown>, claims: ViewerClaims): Promise<Answer> {
    const body = JSON.stringify({ query, variables })
    const request = { service: 'users', body, isQuery: false, paths: [[]], entities: 0, context: { claims } }
    const { data, errors } = await this.#users.send(request, { lifetime: new RequestLifetime(deadlineMs) })
    const answer = (data as { answer?: Answer } | null | undefined)?.answer
    if (answer) return answer
    const [error] = errors ?? []
    const code = error?.extensions?.['code']
    if (!error || !isMeantForClients(code)) {
      const http = { status: errorCatalogue.INTERNAL_SERVER_ERROR.status }
      throw requestError('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.', { service: 'users', http })
    }
    const { status } = errorCatalogue[code]
    throw requestError(code, error.message ?? 'The users service failed.', {
      service: 'users',
      http: { status: status === 200 ? 503 : status },
    })
  }
}
