import type { HTTPGraphQLRequest } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import type { GraphQLError } from 'graphql'

/** The members of a GraphQL request over HTTP; what is not there is undefined. */
export interface AskedOperation {
  readonly query?: unknown
  /** GraphQL over HTTP, appendix A: persisted documents. */
  readonly documentId?: string
  /** Of `extensions.persistedQuery`, which is how Apollo's clients name a document. */
  readonly hash?: string
  readonly variables?: unknown
  readonly operationName?: unknown
  readonly extensions?: Readonly<Record<string, unknown>>
}

/**
 * What `request` asks for; null where Apollo Server will find that it is no GraphQL request. Throws 400 BAD_REQUEST for an id
 * that is no text, and for members of a GET that are no JSON.
 */
export function askedOperation({ method, search, body }: HTTPGraphQLRequest): AskedOperation | null {
  if (method === 'GET') return inSearch(search)
  return isRecord(body) ? withIds(body) : null
}

function inSearch(search: string): AskedOperation {
  const parameters = new URLSearchParams(search)
  const members: Record<string, unknown> = {}
  for (const name of ['query', 'documentId', 'operationName']) {
    const value = parameters.get(name)
    if (value !== null) members[name] = value
  }
  const isPersisted = 'documentId' in members || parameters.has('extensions')
  // Of a text Apollo Server reads the rest, and says what is wrong with it.
  if (!isPersisted) return members
  for (const name of ['variables', 'extensions']) {
    const value = parameters.get(name)
    if (value !== null) members[name] = jsonOf(name, value)
  }
  return withIds(members)
}

function withIds({ query, documentId, variables, operationName, extensions }: Record<string, unknown>): AskedOperation {
  if (documentId !== undefined && typeof documentId !== 'string') throw badRequest('The documentId is no text.')
  const asked: { -readonly [Member in keyof AskedOperation]: AskedOperation[Member] } = {
    query,
    variables,
    operationName,
  }
  if (documentId !== undefined) asked.documentId = documentId
  if (!isRecord(extensions)) return asked
  asked.extensions = extensions
  const { persistedQuery } = extensions
  const hash = isRecord(persistedQuery) ? persistedQuery['sha256Hash'] : undefined
  if (typeof hash === 'string') asked.hash = hash
  return asked
}

function jsonOf(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw badRequest(`The ${name} are no JSON.`)
  }
}

/** 400, for a request that is none by GraphQL over HTTP. */
export function badRequest(message: string): GraphQLError {
  return requestError('BAD_REQUEST', message, { http: { status: 400 } })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
