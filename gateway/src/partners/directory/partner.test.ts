import { documentIdOf, readManifest } from '@cartograph/persisted-operations'
import { expect, test } from 'vitest'
import { DocumentPool } from './document-pool.ts'
import { type ManifestTerms, PartnerOperations } from './partner.ts'

const body = 'query A { a }'
const operations = readManifest({ [documentIdOf(body)]: body })
const manifest = (deprecatedAt: number | null, sunsetAt: number | null) => ({
  terms: { deprecatedAt, sunsetAt },
  operations,
})
const termsAt = (manifests: ReturnType<typeof manifest>[], now: number): ManifestTerms | number | undefined => {
  const found = new PartnerOperations(manifests).find(documentIdOf(body), now)
  return found && ('terms' in found ? found.terms : found.retiredAt)
}

test('of several manifests with an operation the best that has not ended counts', () => {
  const [live, early, late, endless] = [manifest(null, null), manifest(1, 10), manifest(2, 20), manifest(3, null)]
  for (const order of [
    [early, late, endless, live],
    [live, endless, late, early],
  ])
    expect(termsAt(order, 5)).toEqual(live.terms)
  expect(termsAt([early, late, endless], 5)).toEqual(endless.terms)
  expect(termsAt([early, late], 5)).toEqual(late.terms)
  // One that is not deprecated, and ends before another.
  const short = manifest(null, 10)
  expect([9, 10, 19, 20].map((now) => termsAt([late, short], now))).toEqual([short.terms, late.terms, late.terms, 20])
})

test('an id by content is found with and without its algorithm, and another one as it is', () => {
  const found = new PartnerOperations([{ ...manifest(null, null), operations: readManifest({ 'a-1': body }) }])
  expect([found.find('a-1', 0) !== undefined, found.find('a-2', 0)]).toEqual([true, undefined])
  const byContent = new PartnerOperations([manifest(null, null)])
  expect(byContent.find(documentIdOf(body).slice('sha256:'.length), 0)).toEqual(byContent.find(documentIdOf(body), 0))
})

test('equal documents are kept once for all, and only while somebody has them', () => {
  const pool = new DocumentPool()
  const read = (id: string) => readManifest({ [id]: ` ${body}`.slice(1) })[0]!
  const [one, two, three] = [pool.take(read('a-1')), pool.take(read('a-1')), pool.take(read('a-2'))]
  expect([one === two, three.id, pool.size]).toEqual([true, 'a-2', 1])
  for (const operation of [one, two]) pool.release(operation)
  expect(pool.size).toBe(1)
  pool.release(three)
  expect(pool.size).toBe(0)
})
