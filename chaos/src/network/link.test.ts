import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CommitWatch } from './commit-watch.ts'
import { Link } from './link.ts'

let heard: string[] = []
let echo: Server
let link: Link
let opened: Socket[] = []

beforeEach(async () => {
  heard = []
  opened = []
  echo = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      heard.push(chunk.toString())
      socket.write(chunk)
    })
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const { port } = echo.address() as AddressInfo
  link = await Link.open('a → b', () => [port])
})

afterEach(async () => {
  for (const socket of opened) socket.destroy()
  await link.close()
  echo.close()
})

async function call(): Promise<Socket> {
  const socket = connect(link.port, '127.0.0.1')
  socket.on('error', () => {})
  opened.push(socket)
  // One that is refused is closed by then, which answerTo tells.
  await once(socket, 'connect').catch(() => {})
  return socket
}

/** What comes back within the time: the answer, or what became of the connection. */
async function answerTo(socket: Socket, text: string, withinMs = 300): Promise<string> {
  if (socket.destroyed) return 'reset'
  const answer = Promise.race([
    once(socket, 'data').then(([chunk]) => (chunk as Buffer).toString()),
    once(socket, 'close').then(() => 'reset'),
  ]).catch(() => 'reset')
  socket.write(text)
  return Promise.race([answer, pause(withinMs, 'nothing')])
}

test('carries both ways, and a connection that ends', async () => {
  const socket = await call()
  expect(await answerTo(socket, 'hello')).toBe('hello')
  socket.end()
  await once(socket, 'close')
})

test('slow: both ways take longer, and nothing is lost', async () => {
  const socket = await call()
  link.set({ kind: 'slow', delayMs: 60 })
  const begun = performance.now()
  expect(await answerTo(socket, 'hello')).toBe('hello')
  expect(performance.now() - begun).toBeGreaterThan(100)
})

test('cut: resets what is there and what comes, until it is mended', async () => {
  const socket = await call()
  link.set({ kind: 'cut' })
  expect(await answerTo(socket, 'hello')).toBe('reset')
  expect(await answerTo(await call(), 'hello')).toBe('reset')
  link.set(null)
  expect(await answerTo(await call(), 'hello')).toBe('hello')
})

test('half-open: swallows, and what has lost bytes stays dead when it is mended', async () => {
  const socket = await call()
  link.set({ kind: 'half-open' })
  expect(await answerTo(socket, 'hello', 80)).toBe('nothing')
  link.set(null)
  expect(await answerTo(socket, 'again', 80)).toBe('nothing')
  expect(heard).toEqual([])
  expect(await answerTo(await call(), 'hello')).toBe('hello')
})

test('answer-swallowed: the request arrives and its answer does not', async () => {
  const socket = await call()
  link.set({ kind: 'answer-swallowed' })
  expect(await answerTo(socket, 'hello', 80)).toBe('nothing')
  expect(heard).toEqual(['hello'])
})

test('answer-lost: the request arrives, and the connection is reset instead of an answer', async () => {
  const socket = await call()
  link.set({ kind: 'answer-lost' })
  expect(await answerTo(socket, 'hello')).toBe('reset')
  expect(heard).toEqual(['hello'])
})

test('repeated: the request arrives twice and is answered once', async () => {
  const socket = await call()
  link.set({ kind: 'repeated' })
  expect(await answerTo(socket, 'hello')).toBe('hello')
  await expect.poll(() => heard).toEqual(['hello', 'hello'])
})

test('commit-lost and commit-unanswered: break at a commit, before the server hears of it or after', async () => {
  const [first, second] = [await call(), await call()]
  link.set({ kind: 'commit-lost' })
  expect(await answerTo(first, 'select 1')).toBe('select 1')
  expect(await answerTo(first, 'COMMIT\0')).toBe('reset')
  link.set({ kind: 'commit-unanswered' })
  expect(await answerTo(second, 'select 2')).toBe('select 2')
  expect(await answerTo(second, 'COMMIT\0')).toBe('reset')
  expect(heard).toEqual(['select 1', 'select 2', 'COMMIT\0'])
})

test('a commit is known by its text, and by the name that it was prepared under', () => {
  const watch = new CommitWatch()
  const bind = Buffer.from('B\0\0\0\x10\0stmt-1\0\0\0')
  expect(watch.commits(bind)).toBe(false)
  expect(watch.commits(Buffer.from('P\0\0\0\x12stmt-1\0COMMIT\0\0\0'))).toBe(true)
  expect(watch.commits(bind)).toBe(true)
  expect(watch.commits(Buffer.from('Q\0\0\0\x0bCOMMIT\0'))).toBe(true)
  expect(watch.commits(Buffer.from('Q\0\0\0\x0bSELECT\0'))).toBe(false)
})

test('goes past a target that does not listen, and resets when none does', async () => {
  const { port } = echo.address() as AddressInfo
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const gone = (closed.address() as AddressInfo).port
  closed.close()
  const past = await Link.open('a → b', () => [gone, port])
  const none = await Link.open('a → c', () => [gone])
  for (const [to, answer] of [
    [past, 'hello'],
    [past, 'hello'],
    [none, 'reset'],
  ] as const) {
    const socket = connect(to.port, '127.0.0.1')
    socket.on('error', () => {})
    expect(await answerTo(socket, 'hello')).toBe(answer)
    socket.destroy()
  }
  await Promise.all([past.close(), none.close()])
})
