import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Canary, makeCanary } from '../src/canaries/canary.ts'
import { LeakSearch } from '../src/canaries/leak-search.ts'
import { canaryOperations, everything, guestOperations, staffOperations } from '../src/canaries/operations.ts'
import { runCanaries } from '../src/canaries/run-canaries.ts'
import { ask } from '../src/shop-client.ts'
import { type SmallShop, startSmallShop } from '../src/small-shop.ts'

const sold = {
  print: { title: 'Print', price: 1_000, stock: 100_000 },
  poster: { title: 'Poster', price: 1_500, stock: 100_000 },
  card: { title: 'Card', price: 500, stock: 100_000 },
}
const names = Array.from({ length: 16 }, (_, at) => `canary ${at + 1}`)
/** Printed, and taken from CANARY_SEED to go through the same order again. */
const seed = Number(process.env['CANARY_SEED'] ?? Math.floor(Math.random() * 2 ** 32))

let shop: SmallShop<keyof typeof sold>
const canaries: Canary[] = []
beforeAll(async () => {
  shop = await startSmallShop(sold)
  for (const name of names) canaries.push(await makeCanary(shop.url, name, shop.goods.print))
}, 180_000)
afterAll(() => shop[Symbol.asyncDispose]())

test('the search finds a planted leak: an answer to somebody else, and one marker in an otherwise right answer', async () => {
  const [one, two] = canaries as [Canary, Canary]
  const { text } = await ask(shop.url, everything, {}, two.steady)
  const search = new LeakSearch(canaries)
  search.search(two.name, 'everything', text)
  expect(search.leaks).toEqual([])

  search.search(one.name, 'everything', text)
  const found = new Set(search.leaks.map(({ asker, of, marker }) => `${asker} ${of} ${marker}`))
  const facts = [two.song, ...Object.values(two.ids)]
  expect(facts.filter((marker) => !found.has(`${one.name} ${two.name} ${marker}`))).toEqual([])

  const guest = new LeakSearch(canaries)
  guest.search('guest', 'everything', text)
  expect(guest.leaks.length).toBe(search.leaks.length)

  const staffs = await ask(shop.url, staffOperations[0]!, {}, shop.staff)
  const all = new LeakSearch(canaries)
  all.search(one.name, 'users', staffs.text)
  expect(new Set(all.leaks.map(({ of }) => of))).toEqual(new Set(names.slice(1)))

  const single = new LeakSearch(canaries)
  single.search(one.name, 'planted', `{"data":{"viewer":{"email":"${one.email}","note":"${two.song.toUpperCase()}"}}}`)
  expect(single.leaks).toEqual([{ asker: one.name, operation: 'planted', of: two.name, marker: two.song }])
})

test('in 60 s of everything at once nobody is answered what is somebody else’s', { timeout: 180_000 }, async () => {
  const crowd = { url: shop.url, canaries, goods: Object.values(shop.goods), staff: shop.staff }
  const run = await runCanaries({ ...crowd, guests: 3, seed, milliseconds: 60_000 })
  const { search, requests, operations, ownFound, staffFound, faults } = run
  console.log(
    `canaries: ${requests} requests in 60 s, ${search.searched} answers searched, seed ${seed}\n` +
      [...operations].map(([name, count]) => `  ${name}: ${count}`).join('\n'),
  )
  expect(search.leaks).toEqual([])
  expect(faults).toEqual([])
  // Nothing was found, and there was something to be found: everybody asked, for everything, and was answered.
  expect([...operations.keys()].toSorted()).toEqual(
    [
      ...Object.keys(canaryOperations).map((name) => `canary ${name}`),
      ...Object.keys(guestOperations).map((name) => `guest ${name}`),
      ...staffOperations.map((_, at) => `staff query ${at}`),
    ].toSorted(),
  )
  expect([...ownFound.keys()].toSorted()).toEqual(names.toSorted())
  for (const count of ownFound.values()) expect(count).toBeGreaterThan(20)
  expect(staffFound).toBeGreaterThan(0)
  expect(search.searched).toBeGreaterThan(1_000)
})
