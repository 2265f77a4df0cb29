import { randomUUID } from 'node:crypto'
import { partnerChanged, sessionsEnded } from '@cartograph/contracts'
import { createHttpServer, createLogger } from '@cartograph/service-runtime/process'
import { guestClaims, serviceClaims, signRequest, type ViewerClaims } from '@cartograph/viewer'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EndedSessions } from '../identity/ended-sessions.ts'
import { eventsRoute, hearsOf } from './events-route.ts'

const [secret, next] = ['a secret of at least thirty-two characters', 'its successor, of as many characters'] as const
let server: FastifyInstance
let ended: EndedSessions
let changed: [string, number][]
beforeEach(async () => {
  ended = new EndedSessions()
  server = createHttpServer({ bodyLimitBytes: 100_000 })
  changed = []
  const handlers = [
    hearsOf(sessionsEnded, ({ payload }) => ended.add(payload.sessionIds)),
    hearsOf(
      partnerChanged,
      ({ payload, aggregateVersion }) => void changed.push([payload.partnerId, aggregateVersion]),
    ),
  ]
  await server.register(eventsRoute([next, secret], handlers, createLogger('gateway', 'silent')))
})
afterEach(() => server.close())

const event = (payload: unknown, name: string = sessionsEnded.name) => ({
  id: randomUUID(),
  name,
  aggregateId: randomUUID(),
  aggregateVersion: 1,
  occurredAt: '2026-01-31T12:00:00.000Z',
  payload,
})
const at = '2026-01-31T12:00:00.000Z'
async function send(
  content: object,
  signedWith: string | null = secret,
  by: ViewerClaims = serviceClaims('users', 'r'),
) {
  const payload = JSON.stringify(content)
  const signature = signedWith && signRequest(signedWith, { method: 'POST', path: '/events', body: payload }, by)
  const headers = { 'content-type': 'application/json', ...signature }
  const { statusCode, body } = await server.inject({ method: 'POST', url: '/events', payload, headers })
  return { status: statusCode, content: JSON.parse(body) as unknown }
}

test('sessions that have ended are remembered, under either of two live secrets', async () => {
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()]
  const events = [event({ sessionIds: [one, two], at }), event({ sessionIds: [one], at })]
  expect(await send({ events })).toEqual({ status: 200, content: { outcomes: ['done', 'done'] } })
  expect(await send({ events: [event({ sessionIds: [three], at })] }, next)).toMatchObject({ status: 200 })
  expect([one, two, three].map((id) => ended.has(id))).toEqual([true, true, true])
})

test('each event is given to who hears of it, with its version', async () => {
  const partnerId = randomUUID()
  const told = { ...event({ partnerId }, partnerChanged.name), aggregateVersion: 7 }
  expect(await send({ events: [told, told] })).toEqual({ status: 200, content: { outcomes: ['done', 'done'] } })
  expect(changed).toEqual([
    [partnerId, 7],
    [partnerId, 7],
  ])
  expect(ended.size).toBe(0)
})

test('an event that is none of the gateway is rejected, and those beside it are taken', async () => {
  const id = randomUUID()
  const events = [
    event({ sessionIds: ['x'], at }),
    event({ sessionIds: [], at }),
    event({ sessionIds: [randomUUID()], at }, 'orders.order-placed.v1'),
    event({ sessionIds: [id], at }),
  ]
  expect(await send({ events })).toEqual({
    status: 200,
    content: { outcomes: ['rejected', 'rejected', 'rejected', 'done'] },
  })
  expect(ended.size).toBe(1)
  expect(ended.has(id)).toBe(true)
})

test('nobody else ends sessions: no stranger, no user whom somebody vouches for, no malformed request', async () => {
  const body = { events: [event({ sessionIds: [randomUUID()], at })] }
  expect(await send(body, null)).toMatchObject({
    status: 401,
    content: { errors: [{ extensions: { code: 'UNSIGNED_REQUEST' } }] },
  })
  expect(await send(body, 'another secret of thirty-two characters')).toMatchObject({ status: 401 })
  expect(await send(body, secret, guestClaims('r'))).toMatchObject({ status: 403 })
  expect(await send({ events: [] })).toMatchObject({ status: 400 })
  expect(await send({})).toMatchObject({ status: 400 })
  expect(ended.size).toBe(0)
})
