import { randomBytes, randomUUID } from 'node:crypto'
import { fromGlobalId } from '@cartograph/global-ids'
import { startSubscriber, subgraphUnderTest, user } from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { expect } from 'vitest'
import { start } from '../src/server.ts'

export const admin = {
  ...user(randomUUID(), ['audit:read', 'partners:read', 'partners:write']),
  clientAddress: '192.0.2.7',
}

export interface Refusal {
  readonly __typename: string
  readonly code: string
  readonly path: string[]
}

export interface PartnerOutcome {
  readonly partner: { id: string; name: string; scopes: string[]; pointsPerMinute: number; createdAt: string } | null
  readonly userErrors: readonly Refusal[]
}

export interface KeyOutcome {
  readonly key: {
    id: string
    prefix: string
    createdAt: string
    lastUsedAt: string | null
    expiresAt: string | null
    revokedAt: string | null
  } | null
  readonly secret: string | null
  readonly userErrors: readonly Refusal[]
}

const refusals = 'userErrors { __typename code path }'
const partnerFields = 'partner { id name scopes pointsPerMinute createdAt }'
const keyFields = 'key { id prefix createdAt lastUsedAt expiresAt revokedAt }'

/** The subgraph on a database of its own, with a gateway that keeps what it is told. */
export async function partnersUnderTest() {
  const gateway = await startSubscriber()
  const partners = await subgraphUnderTest('partners', start, {
    WEBHOOK_ENCRYPTION_KEYS: randomBytes(32).toString('hex'),
    GATEWAY_URL: `${gateway.url}/graphql`,
    GATEWAY_SIGNING_SECRET: gateway.secret,
  })
  const mutate = async <Outcome>(mutation: string, variables: object, viewer: ViewerClaims = admin) => {
    const { data, errors } = await partners.ask<Record<string, Outcome>>(viewer, mutation, variables)
    expect(errors).toBeUndefined()
    return Object.values(data)[0]!
  }
  const create = (input: object, viewer?: ViewerClaims) =>
    mutate<PartnerOutcome>(
      `mutation ($input: PartnerCreateInput!) { partnerCreate(input: $input) { ${partnerFields} ${refusals} } }`,
      { input },
      viewer,
    )
  return {
    ...partners,
    gateway,
    create,
    /** The global id of a new partner. */
    async partner(input: object = {}): Promise<string> {
      const { partner } = await create({ name: randomUUID(), pointsPerMinute: 100, ...input })
      return partner!.id
    },
    update: (partnerId: string, input: object) =>
      mutate<PartnerOutcome>(
        `mutation ($partnerId: ID!, $input: PartnerUpdateInput!) {
          partnerUpdate(partnerId: $partnerId, input: $input) { ${partnerFields} ${refusals} } }`,
        { partnerId, input },
      ),
    createKey: (partnerId: string, expiresAt: Date | null = null) =>
      mutate<KeyOutcome>(
        `mutation ($partnerId: ID!, $expiresAt: DateTime) {
          partnerKeyCreate(partnerId: $partnerId, expiresAt: $expiresAt) { ${keyFields} secret ${refusals} } }`,
        { partnerId, expiresAt },
      ),
    revokeKey: (keyId: string) =>
      mutate<KeyOutcome>(`mutation ($keyId: ID!) { partnerKeyRevoke(keyId: $keyId) { ${keyFields} ${refusals} } }`, {
        keyId,
      }),
    /** What the audit trail has of a partner, the earliest first. */
    recorded: async (partnerId: string) =>
      (
        await partners.sql<{ kind: string }>('select kind from partner_event where partner_id = $1 order by at, id', [
          fromGlobalId('Partner', partnerId),
        ])
      ).map(({ kind }) => kind),
    async version(partnerId: string): Promise<number> {
      const [row] = await partners.sql<{ version: number }>('select version from partner where id = $1', [
        fromGlobalId('Partner', partnerId),
      ])
      return row!.version
    },
    /** The versions of a partner that the gateway was told, in any order but sorted. */
    told: (partnerId: string) =>
      gateway.events
        .filter(({ aggregateId }) => aggregateId === fromGlobalId('Partner', partnerId))
        .map(({ aggregateVersion }) => aggregateVersion)
        .sort((a, b) => a - b),
    /** Statements but those of the queues, which look for jobs whenever they like, by their first word. */
    statementsOf: async (work: () => Promise<unknown>) =>
      (await partners.statementsOf(work))
        .filter((text) => !text.includes('pgboss'))
        .map((text) => text.trim().split(/\s/, 1)[0]!.toLowerCase()),
    async stop() {
      await partners.stop()
      await gateway.stop()
    },
  }
}

export type PartnersUnderTest = Awaited<ReturnType<typeof partnersUnderTest>>
