import { documentIdOf } from '@cartograph/persisted-operations'
import { createLogger, type Peer, peer } from '@cartograph/service-runtime/process'
import { eventually } from '@cartograph/test-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { partnersSecret, type PartnersUnderTest, partnersUnderTest } from '../partners-service.test-kit.ts'
import { type FollowedPartners, followPartners } from './follow-partners.ts'
import { PartnerDirectory } from './partner-directory.ts'

const [a, b] = ['query A { a }', 'query B { b }']
let service: PartnersUnderTest
let partners: Peer
let directory: PartnerDirectory
let followed: FollowedPartners
beforeEach(async () => {
  service = await partnersUnderTest()
  partners = peer({ caller: 'gateway', name: 'partners', url: service.url, secret: partnersSecret })
  directory = new PartnerDirectory()
})
afterEach(async () => {
  await followed.stop()
  await partners.close()
  await service.stop()
})

/** The next look for what was missed is an hour away unless said otherwise. */
function follow(lookEveryMs = 3_600_000) {
  const logger = createLogger('gateway', 'silent')
  followed = followPartners({ directory, partners, logger, lookEveryMs })
}
const isComplete = () => eventually(() => expect(directory.isComplete).toBe(true))
const found = (partnerId: string, body: string) =>
  directory.partner(partnerId)?.operations.find(documentIdOf(body), Date.now()) !== undefined

test('all partners are there after the start, each manifest asked for once', async () => {
  const acme = service.add({ name: 'Acme', scopes: ['orders:read'], pointsPerMinute: 77 })
  service.publish(acme.partnerId, { documents: [a] })
  for (let each = 0; each < 150; each += 1) service.add()
  follow()
  await isComplete()
  expect(directory.partnerIds).toHaveLength(151)
  expect(directory.find(acme.key)).toMatchObject({
    keyId: acme.keyId,
    expiresAt: null,
    partner: { id: acme.partnerId, name: 'Acme', version: 2, scopes: ['orders:read'], pointsPerMinute: 77 },
  })
  expect(found(acme.partnerId, a)).toBe(true)
  expect(directory.find(`${acme.key}x`)).toBeUndefined()
  expect(service.asked).toEqual({ versions: 1, access: 2, manifests: 1 })
})

test('an event is acted on within a second, and what has not changed is not fetched again', async () => {
  const acme = service.add()
  service.publish(acme.partnerId, { documents: [a] })
  follow()
  await isComplete()
  service.publish(acme.partnerId, { documents: [b] })
  const newKey = service.addKey(acme.partnerId, null)
  const toldAt = performance.now()
  followed.changed(acme.partnerId, 4)
  // Told twice.
  followed.changed(acme.partnerId, 4)
  await eventually(() => expect(found(acme.partnerId, b)).toBe(true), { timeoutMs: 1_000 })
  expect(performance.now() - toldAt).toBeLessThan(1_000)
  expect(found(acme.partnerId, a)).toBe(true)
  expect(directory.find(newKey)?.partner.version).toBe(4)
  followed.changed(acme.partnerId, 4)
  followed.changed(acme.partnerId, 3)
  expect(service.asked).toEqual({ versions: 1, access: 2, manifests: 2 })
})

test('a key that was revoked, and a manifest that is gone, are forgotten; who found the partner before goes on', async () => {
  const acme = service.add()
  service.publish(acme.partnerId, { documents: [a] })
  follow()
  await isComplete()
  const before = directory.find(acme.key)!
  service.change(acme.partnerId, { keys: [], manifests: [] })
  followed.changed(acme.partnerId, 3)
  await eventually(() => expect(directory.find(acme.key)).toBeUndefined())
  expect(found(acme.partnerId, a)).toBe(false)
  expect(before.partner.operations.find(documentIdOf(a), Date.now())).toMatchObject({ operation: { body: a } })
})

test('it begins without partners, and has all of them soon after they are there', async () => {
  const acme = service.add()
  service.isUp = false
  follow()
  expect(directory.isComplete).toBe(false)
  await eventually(() => expect(directory.find(acme.key)).toBeUndefined())
  service.isUp = true
  await isComplete()
  expect(directory.find(acme.key)?.partner.id).toBe(acme.partnerId)
})

test('while partners does not answer what is known goes on, and what was missed comes after', async () => {
  const acme = service.add()
  service.publish(acme.partnerId, { documents: [a] })
  follow()
  await isComplete()
  service.isUp = false
  service.publish(acme.partnerId, { documents: [b] })
  followed.changed(acme.partnerId, 3)
  expect([directory.isComplete, directory.find(acme.key)?.partner.version, found(acme.partnerId, a)]).toEqual([
    true,
    2,
    true,
  ])
  service.isUp = true
  await eventually(() => expect(found(acme.partnerId, b)).toBe(true))
})

test('what no event told is found by the versions: changed, new and removed partners', async () => {
  const [changed, removed] = [service.add(), service.add()]
  follow(50)
  await isComplete()
  service.publish(changed.partnerId, { documents: [a] })
  service.partners.delete(removed.partnerId)
  const added = service.add()
  await eventually(() => expect(directory.find(added.key)).toBeDefined())
  await eventually(() => expect(directory.find(removed.key)).toBeUndefined())
  await eventually(() => expect(found(changed.partnerId, a)).toBe(true))
  expect(directory.partnerIds.toSorted()).toEqual([changed.partnerId, added.partnerId].toSorted())
})

test('an answer that was overtaken by an event is asked for again, and a version never goes back', async () => {
  const acme = service.add()
  follow()
  await isComplete()
  const { promise, resolve } = Promise.withResolvers<void>()
  service.publish(acme.partnerId, { documents: [a] })
  service.hold = promise
  followed.changed(acme.partnerId, 2)
  service.publish(acme.partnerId, { documents: [b] })
  followed.changed(acme.partnerId, 3)
  service.hold = Promise.resolve()
  resolve()
  await eventually(() => expect(directory.partner(acme.partnerId)?.version).toBe(3))
  directory.put({ ...service.partners.get(acme.partnerId)!, version: 2, keys: [] })
  expect(directory.find(acme.key)?.partner.version).toBe(3)
})
