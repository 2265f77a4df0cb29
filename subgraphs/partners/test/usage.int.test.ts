import { randomUUID } from 'node:crypto'
import { recordUsage } from '@cartograph/contracts'
import { fromGlobalId, toGlobalId } from '@cartograph/global-ids'
import { errorCodes, numbered, uuidOf } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { admin, partnersUnderTest, type PartnersUnderTest } from './partners-under-test.ts'

let partners: PartnersUnderTest
beforeAll(async () => void (partners = await partnersUnderTest()))
afterAll(() => partners.stop())

const dayMs = 24 * 3_600_000
const today = () => Math.floor(Date.now() / dayMs) * dayMs
const dayOf = (daysAgo: number) => new Date(today() - daysAgo * dayMs).toISOString().slice(0, 10)

async function record(input: object, key: string = randomUUID()) {
  const { status, content } = await partners.post(`/commands/${recordUsage.name}`, { key, input })
  expect([status, content]).toEqual([200, { result: {} }])
}

const newPartner = async () => fromGlobalId('Partner', await partners.partner())
const ran = (partnerId: string, operationId: string, daysAgo = 0, calls = 1) => ({
  partnerId,
  operationId,
  day: dayOf(daysAgo),
  calls,
  errors: 1,
  points: calls * 10,
})

async function usageOf(partnerId: string, days?: number) {
  return partners.ask<{ partner: { usage: { operationId: string; day: string; calls: number }[] } }>(
    admin,
    `query ($id: ID!) { partner(id: $id) {
      usage${days === undefined ? '' : `(days: ${days})`} { operationId name day calls errors points } } }`,
    { id: toGlobalId('Partner', partnerId) },
  )
}

test('batches add up by operation and day, and what belongs to nobody is left out', async () => {
  const [one, two] = [await newPartner(), await newPartner()]
  await partners.sql(
    `insert into persisted_operation (partner_id, operation_id, name, type, body, added_at)
     values ($1, 'sha256:a', 'Feed', 'QUERY', '{ __typename }', now())`,
    [one],
  )
  await record({
    usage: [
      ran(one, 'sha256:a', 0, 3),
      ran(one, 'sha256:a', 0, 4),
      ran(one, 'sha256:a', 1),
      ran(one, 'sha256:b'),
      ran(two, 'sha256:a'),
      ran(uuidOf('user', 1), 'sha256:a'),
    ],
    keys: [],
  })
  await record({ usage: [ran(one, 'sha256:a', 0, 5)], keys: [] })
  const { data } = await usageOf(one)
  const day = (daysAgo: number) => `${dayOf(daysAgo)}T00:00:00.000Z`
  const feed = { operationId: 'sha256:a', name: 'Feed' }
  expect(data.partner.usage).toEqual([
    { ...feed, day: day(0), calls: 12, errors: 3, points: 120 },
    // Published by nobody: a log-only gateway ran it as a text.
    { operationId: 'sha256:b', name: 'sha256:b', day: day(0), calls: 1, errors: 1, points: 10 },
    { ...feed, day: day(1), calls: 1, errors: 1, points: 10 },
  ])
  expect(await partners.sql(`select from operation_usage where partner_id not in ($1, $2)`, [one, two])).toEqual([])
})

test('usage is that of the days that are asked for, today included', async () => {
  const id = await newPartner()
  await record({ usage: [0, 1, 29, 30, 89, 90].map((days) => ran(id, 'a', days)), keys: [] })
  const daysOf = async (days?: number) =>
    (await usageOf(id, days)).data.partner.usage.map(({ day }) => day.slice(0, 10))
  expect(await daysOf(1)).toEqual([0].map(dayOf))
  expect(await daysOf()).toEqual([0, 1, 29].map(dayOf))
  expect(await daysOf(90)).toEqual([0, 1, 29, 30, 89].map(dayOf))
  for (const days of [0, 91]) expect(errorCodes(await usageOf(id, days))).toEqual(['BAD_USER_INPUT'])
})

test('a batch that comes twice, also at once, counts once', async () => {
  const id = await newPartner()
  const [key, input] = [randomUUID(), { usage: [ran(id, 'a', 0, 2)], keys: [] }]
  await Promise.all(numbered(4, () => record(input, key)))
  await record(input, key)
  expect((await usageOf(id)).data.partner.usage.map(({ calls }) => calls)).toEqual([2])
})

test('batches of the same rows in other orders, at once, all count', async () => {
  const ids = await Promise.all(numbered(4, newPartner))
  const keyIds = await Promise.all(ids.map(async (id) => (await partners.createKey(toGlobalId('Partner', id))).key!.id))
  const usage = ids.flatMap((id) => numbered(25, (number) => ran(id, `operation ${number}`)))
  const keys = keyIds.map((id) => ({ keyId: fromGlobalId('PartnerKey', id), lastUsedAt: new Date().toISOString() }))
  await Promise.all(
    numbered(16, (number) =>
      record(number % 2 ? { usage, keys } : { usage: usage.toReversed(), keys: keys.toReversed() }),
    ),
  )
  for (const id of ids) {
    const { data } = await usageOf(id)
    expect(data.partner.usage.map(({ calls }) => calls)).toEqual(Array.from({ length: 25 }, () => 16))
  }
})

test('a key was last shown when it was, whatever comes late', async () => {
  const id = await partners.partner()
  const { key } = await partners.createKey(id)
  const shown = async (...times: string[]) => {
    const keyId = fromGlobalId('PartnerKey', key!.id)
    await record({
      usage: [],
      keys: [{ keyId: uuidOf('user', 1), lastUsedAt: times[0] }, ...times.map((lastUsedAt) => ({ keyId, lastUsedAt }))],
    })
    const { data } = await partners.ask<{ partner: { keys: [{ lastUsedAt: string }] } }>(
      admin,
      'query ($id: ID!) { partner(id: $id) { keys { lastUsedAt } } }',
      { id },
    )
    return data.partner.keys[0].lastUsedAt
  }
  expect(await shown('2026-11-20T10:00:00.000Z', '2026-11-20T12:00:00.000Z')).toBe('2026-11-20T12:00:00.000Z')
  expect(await shown('2026-11-20T11:00:00.000Z')).toBe('2026-11-20T12:00:00.000Z')
  expect(await shown('2026-11-21T00:00:00.000Z')).toBe('2026-11-21T00:00:00.000Z')
  expect(await partners.version(id)).toBe(2)
})

test.each([1, 1_000])('a batch of %i operations is two statements', async (count) => {
  const id = await newPartner()
  const usage = numbered(count, (number) => ran(id, `operation ${number}`))
  const keys = numbered(count, () => ({ keyId: randomUUID(), lastUsedAt: new Date().toISOString() }))
  expect(await partners.statementsOf(() => record({ usage, keys }))).toEqual([
    'begin',
    'insert',
    'with',
    'insert',
    'commit',
  ])
})
