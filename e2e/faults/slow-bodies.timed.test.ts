import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { eventually } from '@cartograph/test-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryOf } from '../src/bad-subgraph/gateway-process.ts'
import { type LoneGateway, startLoneGateway } from '../src/lone-gateway.ts'

let gateway: LoneGateway
let sockets: Socket[]
beforeEach(async () => {
  sockets = []
  gateway = await startLoneGateway(undefined, { MOST_REQUESTS_IN_FLIGHT: '50' })
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await gateway[Symbol.asyncDispose]()
})

/** Begins a request of a body of so many bytes, and sends all of them but the last. */
async function begin(bytes: number): Promise<{ heard(): string }> {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').setEncoding('utf8')
  sockets.push(socket)
  let heard = ''
  socket.on('error', () => {}).on('data', (text: string) => (heard += text))
  await once(socket, 'connect')
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${bytes}\r\n\r\n${'{'.padEnd(bytes - 1)}`,
  )
  return { heard: () => heard }
}

async function ask(spaces = 0): Promise<number> {
  const body = `${' '.repeat(spaces)}{"query":"{ __typename }"}`
  const response = await fetch(gateway.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  await response.arrayBuffer()
  return response.status
}

test('any number of small bodies that do not come whole keep nobody out', async () => {
  for (let count = 0; count < 500; count += 1) await begin(1_000)
  expect(await ask()).toBe(200)
})

test('large ones beyond those that are read at a time are refused unread; small ones are not', async () => {
  const before = memoryOf(gateway.pid).now
  const begun: { heard(): string }[] = []
  for (let count = 0; count < 500; count += 1) begun.push(await begin(250_000))
  const refused = () => begun.filter(({ heard }) => heard().startsWith('HTTP/1.1 503')).length
  await eventually(() => expect(refused()).toBe(500 - 32))
  expect(await ask()).toBe(200)
  expect(await ask(20_000)).toBe(503)
  expect(memoryOf(gateway.pid).most - before).toBeLessThan(100)
  for (const socket of sockets) socket.destroy()
  await eventually(async () => expect(await ask(20_000)).toBe(200))
})
