import { hash, randomBytes, randomUUID } from 'node:crypto'
import { manifestOperations, partnerAccess, partnerVersions, recordUsage } from '@cartograph/contracts'
import { documentIdOf, type PersistedOperation } from '@cartograph/persisted-operations'
import {
  addHealthRoutes,
  answerQuestions,
  answers,
  createHttpServer,
  listen,
  requireSignature,
} from '@cartograph/service-runtime'

/** A partner with one key and one manifest. */
export interface BenchPartner {
  readonly partnerId: string
  readonly key: string
  readonly operations: readonly PersistedOperation[]
}

/** More than any bench spends. */
const pointsPerMinute = 1_000_000_000

export const benchPartner = (operations: readonly PersistedOperation[]): BenchPartner => ({
  partnerId: randomUUID(),
  key: `pk_live_${randomBytes(32).toString('base64url')}`,
  operations,
})

/** The query `body`, called `name`, under the hash of itself. */
export const operationOf = (name: string, body: string): PersistedOperation => ({
  id: documentIdOf(body),
  name,
  type: 'query',
  body,
})

/** Answers a gateway what partners would, over HTTP and signed, and takes what it is told of usage. */
export async function startPartnersService(partners: readonly BenchPartner[]) {
  const secret = randomBytes(32).toString('hex')
  const byId = new Map<string, BenchPartner & { readonly manifestId: string }>(
    partners.map((partner) => [partner.partnerId, { ...partner, manifestId: randomUUID() }]),
  )
  const byManifest = new Map([...byId.values()].map((partner) => [partner.manifestId, partner.operations]))
  const server = createHttpServer({ bodyLimitBytes: 10_000_000 })
  addHealthRoutes(server, async () => true)
  await server.register(async (signed) => {
    requireSignature(signed, [secret])
    answerQuestions(signed, [
      answers(partnerVersions, async () => partners.map(({ partnerId }) => ({ partnerId, version: 1 }))),
      answers(partnerAccess, async ({ partnerIds }) =>
        partnerIds.flatMap((partnerId) => {
          const partner = byId.get(partnerId)
          return partner ? [accessOf(partner)] : []
        }),
      ),
      answers(manifestOperations, async ({ manifestIds }) =>
        manifestIds.flatMap((manifestId) => {
          const operations = byManifest.get(manifestId)
          return operations ? [{ manifestId, operations: [...operations] }] : []
        }),
      ),
    ])
    signed.post(`/commands/${recordUsage.name}`, async () => ({ result: {} }))
  })
  return {
    /** What a gateway is told of it; its budgets are its own. */
    environment: {
      PARTNERS_URL: await listen(server, '127.0.0.1', 0),
      PARTNERS_SIGNING_SECRET: secret,
      PARTNER_BUDGETS_URL: 'memory:',
    },
    stop: () => server.close(),
  }
}

const accessOf = ({ partnerId, key, manifestId }: BenchPartner & { readonly manifestId: string }) => ({
  partnerId,
  version: 1,
  name: `Partner ${partnerId}`,
  scopes: [],
  pointsPerMinute,
  keys: [{ keyId: randomUUID(), hash: hash('sha256', key, 'base64url'), expiresAt: null }],
  manifests: [{ manifestId, version: 1, deprecatedAt: null, sunsetAt: null }],
})
