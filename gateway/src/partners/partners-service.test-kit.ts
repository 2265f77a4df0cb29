import { hash, randomBytes, randomUUID } from 'node:crypto'
import { manifestOperations, partnerAccess, partnerVersions, recordUsage } from '@cartograph/contracts'
import { documentIdOf, readManifest } from '@cartograph/persisted-operations'
import {
  addHealthRoutes,
  answerQuestions,
  answers,
  createHttpServer,
  listen,
  requireSignature,
} from '@cartograph/service-runtime'
import type { z } from 'zod'
import type { PartnerAccess } from './directory/partner-directory.ts'

type Usage = z.output<typeof recordUsage.input>
type Operations = z.output<typeof manifestOperations.answer>[number]['operations']

export const partnersSecret = 'what partners is asked under, in tests'

/** What is published: bodies under the hashes of themselves, or under the ids that are given. */
export interface Published {
  readonly documents: readonly string[] | Readonly<Record<string, string>>
  readonly deprecatedAt?: string
  readonly sunsetAt?: string
}

/** Plays partners: answers gateways over HTTP, under its signature, and takes usage once for each key. */
export async function partnersUnderTest() {
  const partners = new Map<string, PartnerAccess>()
  const manifests = new Map<string, Operations>()
  const state = {
    isUp: true,
    /** Whether usage is taken, and not answered all the same. */
    losesAnswers: false,
    asked: { versions: 0, access: 0, manifests: 0 },
    commands: [] as (Usage & { key: string })[],
    /** Awaited by every answer. */
    hold: Promise.resolve(),
  }
  const taken = new Set<string>()
  const server = createHttpServer({ bodyLimitBytes: 10_000_000 })
  addHealthRoutes(server, async () => state.isUp)
  await server.register(async (signed) => {
    requireSignature(signed, [partnersSecret])
    signed.addHook('preHandler', async (_request, reply) => {
      await state.hold
      if (!state.isUp) return reply.code(503).send({})
    })
    answerQuestions(signed, [
      answers(partnerVersions, async () => {
        state.asked.versions += 1
        return [...partners.values()].map(({ partnerId, version }) => ({ partnerId, version }))
      }),
      answers(partnerAccess, async ({ partnerIds }) => {
        state.asked.access += 1
        return partnerIds.flatMap((id) => partners.get(id) ?? [])
      }),
      answers(manifestOperations, async ({ manifestIds }) => {
        state.asked.manifests += 1
        return manifestIds.flatMap((manifestId) => {
          const operations = manifests.get(manifestId)
          return operations ? [{ manifestId, operations }] : []
        })
      }),
    ])
    signed.post(`/commands/${recordUsage.name}`, async (request, reply) => {
      const { key, input } = request.body as { key: string; input: unknown }
      const usage = recordUsage.input.parse(input)
      if (!taken.has(key)) state.commands.push({ key, ...usage })
      taken.add(key)
      if (state.losesAnswers) return reply.code(500).send({})
      return { result: {} }
    })
  })
  const url = await listen(server, '127.0.0.1', 0)
  const change = (partnerId: string, changed: Partial<PartnerAccess>) => {
    const partner = partners.get(partnerId)!
    partners.set(partnerId, { ...partner, version: partner.version + 1, ...changed })
  }
  return Object.assign(state, {
    url,
    partners,
    manifests,
    change,
    /** A new partner with one key, which is answered with its id. */
    add(about: Partial<PartnerAccess> = {}) {
      const [partnerId, secret, keyId] = [randomUUID(), newKey(), randomUUID()]
      partners.set(partnerId, {
        partnerId,
        version: 1,
        name: `Partner ${partners.size + 1}`,
        scopes: [],
        pointsPerMinute: 1_000,
        keys: [{ keyId, hash: hashOf(secret), expiresAt: null }],
        manifests: [],
        ...about,
      })
      return { partnerId, key: secret, keyId }
    },
    addKey(partnerId: string, expiresAt: string | null) {
      const [secret, keyId] = [newKey(), randomUUID()]
      change(partnerId, { keys: [...partners.get(partnerId)!.keys, { keyId, hash: hashOf(secret), expiresAt }] })
      return secret
    },
    /** Another version of its manifest, and of the partner. */
    publish(partnerId: string, { documents, deprecatedAt, sunsetAt }: Published) {
      const byId = Array.isArray(documents)
        ? Object.fromEntries(documents.map((body: string) => [documentIdOf(body), body]))
        : documents
      const manifestId = randomUUID()
      manifests.set(manifestId, readManifest(byId))
      const known = partners.get(partnerId)!.manifests
      const terms = { deprecatedAt: deprecatedAt ?? null, sunsetAt: sunsetAt ?? null }
      change(partnerId, { manifests: [{ manifestId, version: known.length + 1, ...terms }, ...known] })
    },
    stop: () => server.close(),
  })
}

export type PartnersUnderTest = Awaited<ReturnType<typeof partnersUnderTest>>

const newKey = () => `pk_live_${randomBytes(32).toString('base64url')}`
const hashOf = (key: string) => hash('sha256', key, 'base64url')
