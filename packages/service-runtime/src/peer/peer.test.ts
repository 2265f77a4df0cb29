import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Peer, peer, UnansweredError } from './peer.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** A service that answers each path with the status it is told to. */
async function startCallee(port = 0) {
  const status: Record<string, number> = {}
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url!)
    response.writeHead(status[request.url!] ?? 200, { 'content-type': 'application/json' }).end('{}')
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const stop = async () => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  closing.push(stop)
  return { status, asked, stop, port: (server.address() as AddressInfo).port }
}

function peerAt(port: number): Peer {
  const callee = peer({ caller: 'a', name: 'b', url: `http://127.0.0.1:${port}`, secret: 's'.repeat(32) })
  let isClosed: Promise<void> | undefined
  const close = () => (isClosed ??= callee.close())
  closing.push(close)
  return { ...callee, close }
}

const options = { deadlineMs: 1_000, requestId: 'r' }

test('a service that has always answered is ready, and is not asked whether it is', async () => {
  const callee = await startCallee()
  const to = peerAt(callee.port)
  await to.post('/x', {}, options)
  await to.ready()
  expect(callee.asked).toEqual(['/x'])
})

test('one that was away is ready as soon as it is back, and one asks for all', async () => {
  const first = await startCallee()
  const to = peerAt(first.port)
  await first.stop()
  const failures = await Promise.allSettled(Array.from({ length: 20 }, () => to.post('/x', {}, options)))
  const errors = failures.map((failure) => (failure as PromiseRejectedResult).reason as UnansweredError)
  expect(errors.map(({ name }) => name)).toEqual(Array(20).fill('UnansweredError'))
  let isBack = false
  const waiting = errors.map(({ callee }) => callee.ready().then(() => isBack))
  isBack = true
  const second = await startCallee(first.port)
  expect(await Promise.all(waiting)).toEqual(Array(20).fill(true))
  expect(second.asked).toEqual(['/health/ready'])
  await to.ready()
  expect(second.asked).toEqual(['/health/ready'])
})

test('one that fails inside is waited for until it says that it is ready', async () => {
  const callee = await startCallee()
  const to = peerAt(callee.port)
  Object.assign(callee.status, { '/x': 500, '/health/ready': 503 })
  expect(await to.post('/x', {}, options)).toMatchObject({ status: 500 })
  const order: string[] = []
  const waiting = to.ready().then(() => order.push('ready'))
  while (callee.asked.filter((path) => path === '/health/ready').length < 2)
    await new Promise((resolve) => setImmediate(resolve))
  order.push('mended')
  callee.status['/health/ready'] = 200
  await waiting
  expect(order).toEqual(['mended', 'ready'])
})

test('whoever waits for one that never comes back is let go of when it is closed', async () => {
  const callee = await startCallee()
  const to = peerAt(callee.port)
  await callee.stop()
  await expect(to.post('/x', {}, options)).rejects.toThrow(UnansweredError)
  const waiting = to.ready()
  await to.close()
  await expect(waiting).resolves.toBeUndefined()
})
