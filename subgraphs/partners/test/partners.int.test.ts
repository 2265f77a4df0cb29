import { randomUUID } from 'node:crypto'
import { partnerChanged } from '@cartograph/contracts'
import { fromGlobalId, toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, errorCodes, eventually, guest, numbered, type Page, readAll, user } from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admin, partnersUnderTest, type PartnersUnderTest } from './partners-under-test.ts'

let partners: PartnersUnderTest
beforeAll(async () => void (partners = await partnersUnderTest()))
afterAll(() => partners.stop())

const refused = (code: string, path: string) => [{ __typename: 'ValidationError', code, path: path.split('.') }]
const missing = (path: string) => [{ __typename: 'NotFoundError', code: 'NOT_FOUND', path: path.split('.') }]

describe('a partner', () => {
  test('is added, read, recorded, and told to gateways', async () => {
    const name = randomUUID()
    const { partner, userErrors } = await partners.create({
      name: ` ${name} `,
      scopes: ['orders:read', 'inventory:read', 'orders:read'],
      pointsPerMinute: 1_000_000,
    })
    expect(userErrors).toEqual([])
    expect(partner).toEqual({
      id: expect.stringMatching(/^part_/),
      name,
      scopes: ['inventory:read', 'orders:read'],
      pointsPerMinute: 1_000_000,
      createdAt: expect.any(String),
    })
    const { data } = await partners.ask(
      admin,
      `query ($id: ID!) { partner(id: $id) { id name scopes pointsPerMinute createdAt keys { id } usage { day } } }`,
      { id: partner!.id },
    )
    expect(data).toEqual({ partner: { ...partner, keys: [], usage: [] } })
    expect(await partners.recorded(partner!.id)).toEqual(['PARTNER_CREATED'])
    await eventually(() =>
      expect(partners.gateway.events.filter(({ aggregateId }) => aggregateId === uuid(partner!.id))).toEqual([
        {
          id: expect.any(String),
          name: partnerChanged.name,
          aggregateId: uuid(partner!.id),
          aggregateVersion: 1,
          occurredAt: partner!.createdAt,
          payload: { partnerId: uuid(partner!.id) },
        },
      ]),
    )
  })

  test('is changed where something is given, and what changes nothing writes nothing', async () => {
    const id = await partners.partner({ scopes: ['orders:read'] })
    const name = randomUUID()
    const { partner } = await partners.update(id, { name, scopes: ['products:read'] })
    expect(partner).toMatchObject({ id, name, scopes: ['products:read'], pointsPerMinute: 100 })
    expect((await partners.update(id, { pointsPerMinute: 7 })).partner).toEqual({ ...partner, pointsPerMinute: 7 })
    await eventually(() => expect(partners.told(id)).toEqual([1, 2, 3]))
    const before = await partners.stored()
    for (const input of [{}, { name: ` ${name}`, scopes: ['products:read', 'products:read'], pointsPerMinute: 7 }])
      expect(await partners.update(id, input)).toEqual({ partner: { ...partner, pointsPerMinute: 7 }, userErrors: [] })
    expect(await partners.stored()).toEqual(before)
    expect(await partners.recorded(id)).toEqual(['PARTNER_CREATED', 'PARTNER_UPDATED', 'PARTNER_UPDATED'])
  })

  test('is refused what breaks a rule, and nothing moves', async () => {
    const name = randomUUID()
    await partners.partner({ name })
    const id = await partners.partner()
    const before = await partners.stored()
    const valid = { name: randomUUID(), pointsPerMinute: 1 }
    expect(await partners.create({ ...valid, name })).toEqual({
      partner: null,
      userErrors: refused('NAME_TAKEN', 'input.name'),
    })
    expect((await partners.create({ ...valid, scopes: ['partners:write'] })).userErrors).toEqual(
      refused('INVALID_INPUT', 'input.scopes'),
    )
    expect((await partners.update(id, { name })).userErrors).toEqual(refused('NAME_TAKEN', 'input.name'))
    expect((await partners.update(id, { pointsPerMinute: 0, name: '' })).userErrors).toEqual([
      ...refused('INVALID_INPUT', 'input.name'),
      ...refused('INVALID_INPUT', 'input.pointsPerMinute'),
    ])
    expect((await partners.update(toGlobalId('Partner', randomUUID()), { name: 'N' })).userErrors).toEqual(
      missing('partnerId'),
    )
    expect(await partners.stored()).toEqual(before)
  })
})

describe('a key', () => {
  test('is shown once, kept as its hash, and ended for good', async () => {
    const id = await partners.partner()
    const expiresAt = new Date(Date.now() + 3_600_000)
    const made = await partners.createKey(id, expiresAt)
    expect(made.userErrors).toEqual([])
    expect(made.secret).toMatch(/^pk_live_[\w-]{43}$/)
    expect(made.key).toEqual({
      id: expect.stringMatching(/^pkey_/),
      prefix: made.secret!.slice(0, 14),
      createdAt: expect.any(String),
      lastUsedAt: null,
      expiresAt: expiresAt.toISOString(),
      revokedAt: null,
    })
    const stored = JSON.stringify(await partners.stored())
    expect(stored).toContain(made.secret!.slice(0, 14))
    expect(stored).not.toContain(made.secret!.slice(14))
    const [row] = await partners.sql(`select hash = sha256($2::text::bytea) as same from partner_key where id = $1`, [
      fromGlobalId('PartnerKey', made.key!.id),
      made.secret,
    ])
    expect(row).toEqual({ same: true })

    const { key } = await partners.revokeKey(made.key!.id)
    expect(key).toEqual({ ...made.key, revokedAt: expect.any(String) })
    await eventually(() => expect(partners.told(id)).toEqual([1, 2, 3]))
    const before = await partners.stored()
    expect(await partners.revokeKey(made.key!.id)).toEqual({ key, userErrors: [] })
    expect(await partners.stored()).toEqual(before)
    expect(await partners.recorded(id)).toEqual(['PARTNER_CREATED', 'KEY_CREATED', 'KEY_REVOKED'])
  })

  test('is one of two that are live: neither ended nor expired ones count', async () => {
    const id = await partners.partner()
    const [first, second] = [await partners.createKey(id), await partners.createKey(id)]
    const before = await partners.stored()
    expect(await partners.createKey(id)).toEqual({
      key: null,
      secret: null,
      userErrors: refused('KEY_LIMIT_REACHED', 'partnerId'),
    })
    expect(await partners.stored()).toEqual(before)
    await partners.revokeKey(first.key!.id)
    await partners.sql(`update partner_key set expires_at = now() - interval '1 second' where id = $1`, [
      fromGlobalId('PartnerKey', second.key!.id),
    ])
    const [third, fourth] = [await partners.createKey(id), await partners.createKey(id)]
    const { data } = await partners.ask(admin, 'query ($id: ID!) { partner(id: $id) { keys { id } } }', { id })
    expect(data).toEqual({ partner: { keys: [fourth, third, second, first].map(({ key }) => ({ id: key!.id })) } })
    // One that has ended by itself has nothing left to end.
    const after = await partners.stored()
    expect((await partners.revokeKey(second.key!.id)).key!.revokedAt).toBeNull()
    expect(await partners.stored()).toEqual(after)
  })

  test('is refused an end that is past, and to what is not there', async () => {
    const id = await partners.partner()
    const before = await partners.stored()
    expect((await partners.createKey(id, new Date(Date.now() - 1))).userErrors).toEqual(
      refused('INVALID_INPUT', 'expiresAt'),
    )
    expect((await partners.createKey(toGlobalId('Partner', randomUUID()))).userErrors).toEqual(missing('partnerId'))
    expect((await partners.revokeKey(toGlobalId('PartnerKey', randomUUID()))).userErrors).toEqual(missing('keyId'))
    expect(await partners.stored()).toEqual(before)
  })
})

test('partners are listed by name, from either end', async () => {
  for (const name of ['Zeta', 'alpha', 'Émile', 'beta']) await partners.partner({ name: `${name} ${randomUUID()}` })
  const rows = await partners.sql<{ name: string }>('select name from partner order by name')
  const list = async (page: object) => {
    const { data } = await partners.ask<{ partners: Page<{ name: string }> }>(
      admin,
      `query ($first: Int, $after: String, $last: Int, $before: String) {
        partners(first: $first, after: $after, last: $last, before: $before) {
          edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      page,
    )
    return data.partners
  }
  for (const direction of ['forward', 'backward'] as const)
    expect((await readAll(list, direction, 3)).map(({ node }) => node.name)).toEqual(rows.map(({ name }) => name))
})

test('the audit trail says who did what, from where, the latest first: of one partner, or of all', async () => {
  const id = await partners.partner()
  await partners.update(id, { pointsPerMinute: 5 })
  const list = (partnerId: string | null) => async (page: object) => {
    const { data } = await partners.ask<{ partnerEvents: Page<{ id: string; kind: string }> }>(
      admin,
      `query ($of: ID, $first: Int, $after: String, $last: Int, $before: String) {
        partnerEvents(partnerId: $of, first: $first, after: $after, last: $last, before: $before) {
          edges { cursor node { id kind partner { id } actorId clientAddress requestId at } }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      { of: partnerId, ...page },
    )
    return data.partnerEvents
  }
  const by = {
    id: expect.stringMatching(/^pev_/),
    partner: { id },
    actorId: toGlobalId('User', admin.id!),
    clientAddress: '192.0.2.7',
    requestId: 'test',
    at: expect.any(String),
  }
  expect((await list(id)({ first: 5 })).edges.map(({ node }) => node)).toEqual([
    { ...by, kind: 'PARTNER_UPDATED' },
    { ...by, kind: 'PARTNER_CREATED' },
  ])
  const rows = await partners.sql<{ id: string }>('select id from partner_event order by at desc, id desc')
  for (const direction of ['forward', 'backward'] as const)
    expect((await readAll(list(null), direction, 4)).map(({ node }) => fromGlobalId('PartnerEvent', node.id))).toEqual(
      rows.map((row) => row.id),
    )
})

test('fifty partners with their keys and usage cost the statements of one', async () => {
  for (const id of await Promise.all(numbered(50, () => partners.partner()))) await partners.createKey(id)
  const statements = (first: number) =>
    partners.statementsOf(async () => {
      const { errors } = await partners.ask(
        admin,
        `query ($first: Int) { partners(first: $first) { edges { node { keys { id } usage(days: 7) { calls } webhookEndpoints { id } } } } }`,
        { first },
      )
      expect(errors).toBeUndefined()
    })
  expect(await statements(1)).toEqual(['select', 'select', 'select', 'select'])
  expect(await statements(50)).toEqual(await statements(1))
})

describe('who may', () => {
  const others: readonly (readonly [ViewerClaims, string])[] = [
    [guest(), 'UNAUTHENTICATED'],
    [user(randomUUID(), ['orders:read']), 'FORBIDDEN'],
    [{ ...guest(), kind: 'partner', id: randomUUID(), scopes: ['orders:read'] }, 'FORBIDDEN'],
  ]

  test('see partners: who has partners:read, by _entities too', async () => {
    const id = await partners.partner()
    const entity = entitiesQuery('... on Partner { name }')
    const variables = { of: [{ __typename: 'Partner', id }] }
    expect(await partners.ask(admin, entity, variables)).toEqual({
      data: { _entities: [{ name: expect.any(String) }] },
    })
    for (const [viewer, code] of others) {
      expect(errorCodes(await partners.ask(viewer, entity, variables))).toEqual([code])
      expect(errorCodes(await partners.ask(viewer, '{ partners { edges { cursor } } }'))).toEqual([code])
      expect(errorCodes(await partners.ask(viewer, '{ partnerEvents { edges { cursor } } }'))).toEqual([code])
    }
  })

  test('change them: who has partners:write, and nothing moves for others', async () => {
    const id = await partners.partner()
    const { key } = await partners.createKey(id)
    const before = await partners.stored()
    const reader = user(randomUUID(), ['partners:read', 'audit:read'])
    for (const [viewer, code] of [...others, [reader, 'FORBIDDEN'] as const])
      for (const call of [
        'partnerCreate(input: { name: "N", pointsPerMinute: 1 })',
        `partnerUpdate(partnerId: "${id}", input: { name: "N" })`,
        `partnerKeyCreate(partnerId: "${id}")`,
        `partnerKeyRevoke(keyId: "${key!.id}")`,
      ])
        expect(errorCodes(await partners.ask(viewer, `mutation { ${call} { userErrors { code } } }`))).toEqual([code])
    expect(await partners.stored()).toEqual(before)
  })
})

const uuid = (id: string) => fromGlobalId('Partner', id)
