import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type GatewayProcess, startGatewayProcess } from '../src/bad-subgraph/gateway-process.ts'
import { itemsAnswer } from '../src/bad-subgraph/honest.ts'
import { startThreeSubgraphs, type ThreeSubgraphs } from '../src/bad-subgraph/three-subgraphs.ts'

const query = '{ items { id name rating } }'
const answer =
  '{"data":{"items":[{"id":"1","name":"item 1","rating":3},{"id":"2","name":"item 2","rating":4},{"id":"3","name":"item 3","rating":5}]}}'
const deadlineMs = 2_000
/** Beyond what it waits for: for the processes to end, on a machine that does other things, too. */
const marginMs = 2_500

let subgraphs: ThreeSubgraphs
let gateway: GatewayProcess
beforeAll(async () => {
  subgraphs = await startThreeSubgraphs()
})
beforeEach(async () => {
  gateway = await startGatewayProcess(subgraphs.supergraphSdl, ['--no-sharing', '--deadline-ms', String(deadlineMs)])
  return () => gateway[Symbol.asyncDispose]()
})
afterAll(() => subgraphs[Symbol.asyncDispose]())

interface Outcome {
  readonly sentAt: number
  /** The body, or why there is none. */
  readonly told: string
  readonly connection: string | undefined
}

function post(agent: Agent): Promise<Outcome> {
  const sentAt = performance.now()
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve({ sentAt, told: String(error.code), connection: undefined })
    const sending = request(gateway.url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } })
    sending.on('error', fail).on('response', (response) => {
      let told = ''
      response.on('error', fail).setEncoding('utf8')
      response.on('data', (text: string) => (told += text))
      response.on('end', () => resolve({ sentAt, told, connection: response.headers.connection }))
    })
    sending.end(JSON.stringify({ query }))
  })
}

const refused = () => connects().then((socket) => socket === null)
/** A connection to the gateway, or null when it takes none. */
function connects(): Promise<Socket | null> {
  const { port, hostname } = new URL(gateway.url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => resolve(socket))
    socket.on('error', () => resolve(null))
  })
}
const terminate = () => process.kill(gateway.pid, 'SIGTERM')

test('under load of 64 kept-alive connections it ends without failing a request that was sent before', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const outcomes: Outcome[] = []
  let isRefused = false
  const isUnderLoad = Promise.withResolvers<void>()
  const clients = Array.from({ length: 64 }, async () => {
    while (!isRefused) {
      const outcome = await post(agent)
      outcomes.push(outcome)
      if (outcome.told === 'ECONNREFUSED') isRefused = true
      if (outcomes.length === 1_000) isUnderLoad.resolve()
    }
  })
  await isUnderLoad.promise
  const terminatedAt = performance.now()
  terminate()
  expect(await gateway.ended).toBe(0)
  const tookMs = performance.now() - terminatedAt
  await Promise.all(clients)
  agent.destroy()
  const failed = outcomes.filter(({ told }) => told !== answer)
  // Those that found nobody listening any more were never taken.
  expect(failed.filter(({ told }) => told !== 'ECONNREFUSED')).toEqual([])
  expect(failed.filter(({ sentAt }) => sentAt < terminatedAt)).toEqual([])
  expect(tookMs).toBeLessThan(marginMs)
})

test('a request under way is answered, and its connection closed; nobody new is let in', async () => {
  let isAsked: () => void
  const asked = new Promise<void>((resolve) => (isAsked = resolve))
  subgraphs.answerItems((...exchange) => {
    isAsked()
    setTimeout(() => itemsAnswer(...exchange), 1_000)
  })
  const answering = post(new Agent({ keepAlive: true }))
  await asked
  subgraphs.answerItems(itemsAnswer)
  terminate()
  await expect.poll(refused).toBe(true)
  expect(await answering).toMatchObject({ told: answer, connection: 'close' })
  expect(await gateway.ended).toBe(0)
})

describe('on a connection that was open before', () => {
  const head = `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n`
  const body = JSON.stringify({ query })

  test('a request that comes while it ends is answered', async () => {
    const socket = (await connects())!.setEncoding('utf8')
    socket.write(`GET /health HTTP/1.1\r\nhost: a\r\n\r\n`)
    await once(socket, 'data')
    terminate()
    await expect.poll(refused, { interval: 10 }).toBe(true)
    let text = ''
    socket.on('data', (piece: string) => (text += piece))
    socket.write(`${head}content-length: ${body.length}\r\n\r\n${body}`)
    await once(socket, 'close')
    expect(text.split('\r\n')).toEqual(expect.arrayContaining(['HTTP/1.1 200 OK', 'connection: close', answer]))
    expect(await gateway.ended).toBe(0)
  })

  test('a body that never comes whole is not waited for beyond the deadline', async () => {
    const socket = (await connects())!
    socket.on('error', () => {})
    socket.write(`${head}content-length: 1000\r\n\r\n{"query"`)
    const idle = (await connects())!
    idle.on('error', () => {})
    await expect.poll(async () => (await post(new Agent())).told).toBe(answer)
    const terminatedAt = performance.now()
    terminate()
    expect(await gateway.ended).toBe(0)
    const tookMs = performance.now() - terminatedAt
    expect(tookMs).toBeGreaterThan(deadlineMs)
    expect(tookMs).toBeLessThan(deadlineMs + 1_000 + marginMs)
  })
})
