import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GatewayProcess, startGatewayProcess } from '../src/bad-subgraph/gateway-process.ts'
import { itemsAnswer, type Asked } from '../src/bad-subgraph/honest.ts'
import { startThreeSubgraphs, type ThreeSubgraphs } from '../src/bad-subgraph/three-subgraphs.ts'

/** A request that has come to a subgraph, and that the test answers. */
interface Held {
  readonly query: string
  /** What the gateway did with it: waits, got the answer, or closed the connection before. */
  fate: 'waits' | 'answered' | 'given up'
  answer(): void
}

let subgraphs: ThreeSubgraphs
let gateway: GatewayProcess
let sharing: GatewayProcess
let held: Held[]
beforeAll(async () => {
  subgraphs = await startThreeSubgraphs()
  gateway = await startGatewayProcess(subgraphs.supergraphSdl, ['--no-sharing'])
  sharing = await startGatewayProcess(subgraphs.supergraphSdl)
})
beforeEach(() => {
  held = []
  subgraphs.answerItems((asked, request, response) => {
    held.push(hold(asked, response, () => itemsAnswer(asked, request, response)))
  })
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await sharing[Symbol.asyncDispose]()
  await subgraphs[Symbol.asyncDispose]()
})

function hold({ query }: Asked, response: ServerResponse, answer: () => void): Held {
  const one: Held = { query, fate: 'waits', answer }
  response.on('close', () => (one.fate = response.writableFinished ? 'answered' : 'given up'))
  return one
}

/** A client who asks, and may leave. */
function ask(query: string, { url } = gateway) {
  const controller = new AbortController()
  const answer = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: controller.signal,
  }).then(
    (response) => response.json(),
    () => null,
  )
  return { answer, leave: () => controller.abort() }
}
const asked = (count: number) => expect.poll(() => held.length).toBe(count)
const fates = () => held.map(({ fate }) => fate)
const items = ['1', '2', '3'].map((id) => ({ name: `item ${id}` }))

test('what a client waits for is given up when they leave, and nothing else', async () => {
  const clients = []
  for (let count = 1; count <= 3; count += 1) {
    clients.push(ask('{ items { name } }'))
    await asked(count)
  }
  clients[0]!.leave()
  clients[2]!.leave()
  await expect.poll(fates).toEqual(['given up', 'waits', 'given up'])
  held[1]!.answer()
  expect(await clients[1]!.answer).toEqual({ data: { items } })
  expect(fates()).toEqual(['given up', 'answered', 'given up'])
})

test('a change goes on to its end when its client leaves', async () => {
  const reading = ask('{ items { name } }')
  await asked(1)
  const changing = ask('mutation { rename(id: "1", name: "a") { name } }')
  await asked(2)
  changing.leave()
  reading.leave()
  await expect.poll(fates).toEqual(['given up', 'waits'])
  held[1]!.answer()
  await expect.poll(fates).toEqual(['given up', 'answered'])
})

test('what comes after it is not asked for any more', async () => {
  const client = ask('mutation { rename(id: "1", name: "a") { name rating } }')
  await asked(1)
  client.leave()
  // That the gateway knows of it shows when what another client waits for, who left after them, is given up.
  const later = ask('{ items { name } }')
  await asked(2)
  later.leave()
  await expect.poll(fates).toEqual(['waits', 'given up'])
  held[0]!.answer()
  await expect.poll(fates).toEqual(['answered', 'given up'])
})

test('an answer that several strangers wait for is given up when the last of them leaves', async () => {
  const query = '{ items { name } }'
  const [first, second, third] = [ask(query, sharing), ask(query, sharing), ask(query, sharing)]
  // Of another query, so that all three have joined when the subgraph is asked for it.
  const other = ask('{ items { id } }', sharing)
  await asked(2)
  first.leave()
  second.leave()
  other.leave()
  await expect.poll(fates).toEqual(['waits', 'given up'])
  third.leave()
  await expect.poll(fates).toEqual(['given up', 'given up'])

  const [one, two] = [ask(query, sharing), ask(query, sharing)]
  await asked(3)
  one.leave()
  held[2]!.answer()
  expect(await two.answer).toEqual({ data: { items } })
})
