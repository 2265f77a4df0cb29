import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { apiFile } from '@cartograph/code-generation'
import { readOperation } from '@cartograph/persisted-operations'
import { buildSchema, graphql, type GraphQLSchema } from 'graphql'
import { root } from './root.ts'

interface Operation {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly body: string
}

interface Manifest {
  readonly id: string
  readonly version: number
  status: string
  sunsetAt: string | null
  readonly all: readonly Operation[]
}

export interface PartnerUnderTest {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly pointsPerMinute: number
  readonly keyRows: { id: string; prefix: string; expiresAt: string | null; revokedAt: string | null }[]
  /** The newest first. */
  readonly manifestRows: Manifest[]
  readonly usage: Record<string, unknown>[]
}

export interface ShopUnderTest extends AsyncDisposable {
  readonly url: string
  readonly partners: PartnerUnderTest[]
  /** The operations that were asked for, with the bytes of each request. */
  readonly requests: { readonly name: string; readonly bytes: number; readonly headers: IncomingHttpHeaders }[]
  /** Why the next publication is refused. */
  refusal: readonly object[]
}

const schema: GraphQLSchema = buildSchema(readFileSync(`${root}/${apiFile}`, 'utf8'))
const noErrors = { userErrors: [] }
const mostBytes = 256 * 1024

/** What the API of partners answers, from memory, by an HTTP server: no permissions but that somebody has signed in. */
export async function startShopUnderTest(): Promise<ShopUnderTest> {
  const partners: PartnerUnderTest[] = []
  const requests: ShopUnderTest['requests'] = []
  const stored = new Map<string, Operation>()
  const shop = { partners, requests, refusal: [] as readonly object[] }
  const byId = (id: string) => partners.find((partner) => partner.id === id)!
  const store = ({ id, body }: { id: string; body?: string }) => {
    if (body === undefined || stored.has(id)) return false
    const { name, type } = readOperation(id, body).operation!
    stored.set(id, { id, name, type: type.toUpperCase(), body })
    return true
  }
  const shown = (partner: PartnerUnderTest) => ({
    ...partner,
    keys: partner.keyRows,
    manifests: (page: Page) =>
      connection(
        partner.manifestRows.map((manifest) => ({
          ...manifest,
          operationCount: manifest.all.length,
          operations: (of: Page) => connection(manifest.all, of),
        })),
        page,
      ),
  })
  const resolvers = {
    partners: (page: Page) => connection(partners.map(shown), page),
    partner: ({ id }: { id: string }) => shown(byId(id)),
    sessionCreate: ({ email, password }: { email: string; password: string }) =>
      email === 'admin@example.com' && password === 'cartograph-demo'
        ? { session: { accessToken: 'demo', refreshToken: 'refresh' }, ...noErrors }
        : { session: null, userErrors: [refused('CREDENTIALS_INVALID', 'No account has these.')] },
    sessionRevoke: () => noErrors,
    partnerCreate: ({ input }: { input: { name: string; scopes: string[]; pointsPerMinute: number } }) => {
      if (partners.some(({ name }) => name === input.name))
        return { partner: null, userErrors: [refused('NAME_TAKEN', `There is a ${input.name}.`)] }
      partners.push({ id: `partner_${partners.length + 1}`, ...input, keyRows: [], manifestRows: [], usage: [] })
      return { partner: shown(partners.at(-1)!), ...noErrors }
    },
    partnerKeyCreate: ({ partnerId, expiresAt = null }: { partnerId: string; expiresAt?: string | null }) => {
      const { keyRows } = byId(partnerId)
      const prefix = `pk_live_${String.fromCodePoint(97 + keyRows.length).repeat(4)}`
      const made = partners.flatMap((partner) => partner.keyRows).length
      keyRows.push({ id: `key_${made + 1}`, prefix, expiresAt, revokedAt: null })
      return { key: keyRows.at(-1), secret: `${prefix}_the_rest`, ...noErrors }
    },
    partnerKeyRevoke: ({ keyId }: { keyId: string }) => {
      const key = partners.flatMap(({ keyRows }) => keyRows).find(({ id }) => id === keyId)!
      key.revokedAt = '2026-11-24T12:00:00.000Z'
      return { key, ...noErrors }
    },
    persistedOperationsAdd: ({ operations }: { operations: Operation[] }) => ({
      added: operations.filter(store).length,
      ...noErrors,
    }),
    manifestPublish: (input: { partnerId: string; operations: Operation[]; sunsetPreviousAt?: string }) => {
      if (shop.refusal.length > 0) return { manifest: null, userErrors: shop.refusal }
      for (const operation of input.operations) store(operation)
      const { manifestRows } = byId(input.partnerId)
      const ids = input.operations.map(({ id }) => id)
      const [newest] = manifestRows
      if (newest && newest.all.map(({ id }) => id).join() === ids.join())
        return { manifest: { ...newest, operationCount: ids.length }, ...noErrors }
      if (newest)
        Object.assign(newest, { status: 'SUNSET', sunsetAt: input.sunsetPreviousAt ?? '2027-02-22T12:00:00.000Z' })
      const version = manifestRows.length + 1
      const all = ids.map((id) => stored.get(id)!)
      const manifest = { id: `${input.partnerId}_${version}`, version, status: 'ACTIVE', sunsetAt: null, all }
      manifestRows.unshift(manifest)
      return { manifest: { ...manifest, operationCount: all.length }, ...noErrors }
    },
  }
  const answerTo = async (request: IncomingMessage): Promise<object> => {
    const body = await text(request)
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> }
    const name = /(?:query|mutation) (\w+)/.exec(query)![1]!
    requests.push({ name, bytes: Buffer.byteLength(body), headers: request.headers })
    if (Buffer.byteLength(body) > mostBytes) return { errors: [{ message: 'The body is too large.' }] }
    const isForGuests = name === 'PartnerCommandSignIn' || name === 'PartnerCommandSignOut'
    if (!isForGuests && !/^Bearer (demo|given)$/.test(request.headers.authorization ?? ''))
      return { errors: [{ message: 'The token is not valid.', extensions: { code: 'UNAUTHENTICATED' } }] }
    return graphql({ schema, source: query, variableValues: variables, rootValue: resolvers })
  }
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    void answerTo(request).then((answer) => response.end(JSON.stringify(answer)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(shop, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

function refused(code: string, message: string) {
  return { __typename: 'ValidationError', code, message }
}

interface Page {
  readonly first?: number
  readonly after?: string | null
}

/** Pages of two at most, however many are asked for, so that every list has several. */
function connection(nodes: readonly object[], { first = 20, after }: Page) {
  const start = after == null ? 0 : Number(after) + 1
  const edges = nodes.map((node, index) => ({ node, cursor: String(index) })).slice(start, start + Math.min(first, 2))
  const endCursor = edges.at(-1)?.cursor ?? null
  return { edges, pageInfo: { endCursor, hasNextPage: start + edges.length < nodes.length } }
}
