import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createLogger, peer } from '@cartograph/service-runtime/process'
import { eventually } from '@cartograph/test-kit'
import { expect, test } from 'vitest'
import { partnersSecret, partnersUnderTest } from '../partners-service.test-kit.ts'
import { followPartners } from './follow-partners.ts'
import { PartnerDirectory } from './partner-directory.ts'

const [manifests, operations, mostSeconds, mostMiB] = [200, 500, 2, 150]
const fields = Array.from({ length: 25 }, (_, field) => `field${field}`).join('\n    ')
const documentOf = (manifest: number, each: number) =>
  `query Listing${manifest}x${each}($first: Int = 20, $after: String) {\n  products(first: $first, after: $after) {\n    ${fields}\n  }\n}`

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const heapMiB = () => {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1_024 / 1_024
}

test('200 manifests of 500 operations, all different, load in under 2 seconds and cost under 150 MiB', async () => {
  const service = await partnersUnderTest()
  const added = Array.from({ length: manifests }, (_, manifest) => {
    const partner = service.add()
    const documents = Array.from({ length: operations }, (__, each) => documentOf(manifest, each))
    service.publish(partner.partnerId, { documents })
    return partner
  })
  const partners = peer({ caller: 'gateway', name: 'partners', url: service.url, secret: partnersSecret })
  const directory = new PartnerDirectory()
  const before = heapMiB()
  const startedAt = performance.now()
  const followed = followPartners({ directory, partners, logger: createLogger('gateway', 'silent') })
  await eventually(() => expect(directory.isComplete).toBe(true))
  const seconds = (performance.now() - startedAt) / 1_000
  const mib = heapMiB() - before
  expect(added.map(({ key }) => directory.find(key)?.partner.operations.size)).toEqual(
    Array(manifests).fill(operations),
  )
  expect(seconds).toBeLessThan(mostSeconds)
  expect(mib).toBeLessThan(mostMiB)
  await followed.stop()
  await partners.close()
  await service.stop()
}, 60_000)

test('200 versions of one manifest cost what one does', async () => {
  const service = await partnersUnderTest()
  const { partnerId } = service.add()
  const documents = Array.from({ length: operations }, (_, each) => documentOf(0, each))
  for (let version = 0; version < manifests; version += 1) service.publish(partnerId, { documents })
  const partners = peer({ caller: 'gateway', name: 'partners', url: service.url, secret: partnersSecret })
  const directory = new PartnerDirectory()
  const before = heapMiB()
  const followed = followPartners({ directory, partners, logger: createLogger('gateway', 'silent') })
  await eventually(() => expect(directory.isComplete).toBe(true))
  expect(directory.partner(partnerId)?.operations.size).toBe(operations)
  expect(heapMiB() - before).toBeLessThan(10)
  await followed.stop()
  await partners.close()
  await service.stop()
}, 60_000)
