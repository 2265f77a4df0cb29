import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { priceChanged } from '@cartograph/contracts'
import { eventually, type FreshDatabase, freshDatabase, uuidOf } from '@cartograph/test-kit'
import { serviceClaims, signRequest } from '@cartograph/viewer'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SecretBox } from '../src/webhook/secret-box.ts'
import { newSigningSecret, shownSecret } from '../src/webhook/signing-secret.ts'
import { type ReceiverUnderTest, startReceiver } from './receiver-under-test.ts'
import { signedWith } from './webhooks-under-test.ts'

const program = fileURLToPath(new URL('../../../bin/service.mjs', import.meta.url))
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const signingSecret = randomBytes(32).toString('hex')
const key = randomBytes(32)
const secret = newSigningSecret()

let database: FreshDatabase
let client: pg.Client
let receiver: ReceiverUnderTest
let processes: ChildProcess[]

beforeEach(async () => {
  processes = []
  receiver = await startReceiver()
  database = await freshDatabase('partners')
  client = new pg.Client({ connectionString: database.connectionString })
  await client.connect()
})
afterEach(async () => {
  for (const each of processes) {
    if (each.exitCode !== null || each.signalCode !== null) continue
    each.kill('SIGKILL')
    await once(each, 'exit')
  }
  await client.end()
  await database.drop()
  await receiver.stop()
})

async function startProcess(environment: Record<string, string> = {}) {
  const child = fork(program, [main], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      PORT: '0',
      DATABASE_URL: database.connectionString,
      SIGNING_SECRETS: signingSecret,
      WEBHOOK_ENCRYPTION_KEYS: key.toString('hex'),
      WEBHOOK_PRIVATE_NETWORKS: 'true',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  processes.push(child)
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  return { child, url }
}

async function newEndpoint(): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `with p as (
       insert into partner (name, scopes, points_per_minute, created_at) values ('Acme', '{}', 100, now()) returning id
     ) insert into webhook_endpoint (partner_id, url, event_types, created_at)
       select id, $1, '{PRICE_CHANGED}', now() from p returning id`,
    [receiver.url],
  )
  const { id } = rows[0]!
  await client.query('insert into webhook_secret (endpoint_id, secret, created_at) values ($1, $2, now())', [
    id,
    Buffer.from(new SecretBox([key]).seal(secret, id)),
  ])
}

async function tell(url: string): Promise<void> {
  const event = {
    id: randomUUID(),
    name: priceChanged.name,
    aggregateId: uuidOf('variant', 1),
    aggregateVersion: 1,
    occurredAt: new Date().toISOString(),
    payload: { variantId: uuidOf('variant', 1), productId: uuidOf('product', 1), unitPrice: 1, currencyCode: 'GBP' },
  }
  const body = JSON.stringify({ events: [event] })
  const headers = {
    'content-type': 'application/json',
    ...signRequest(signingSecret, { method: 'POST', path: '/events', body }, serviceClaims('products', 'test')),
  }
  // Who is told may be dead before it answers.
  await fetch(`${url}/events`, { method: 'POST', headers, body }).catch(() => null)
}

test.each([
  ['webhook before sending', 0],
  ['webhook after sending', 1],
])(
  'a process that dies at "%s" has sent %i times; another sends it, with the same id',
  async (point, sentBefore) => {
    await newEndpoint()
    const { child, url } = await startProcess({ CRASH_AT: point })
    const died = once(child, 'exit')
    await tell(url)
    expect((await died)[1]).toBe('SIGKILL')
    expect(receiver.received).toHaveLength(sentBefore)
    const { rows } = await client.query('select status::text, attempt_count from webhook_delivery')
    expect(rows).toEqual([{ status: 'PENDING', attempt_count: 0 }])
    // As if the twenty seconds were over after which it is given to another process.
    await client.query(`update pgboss.job set started_on = started_on - interval '20 seconds' where name = 'webhooks'`)
    await startProcess()
    await eventually(
      async () => {
        const after = await client.query('select status::text, attempt_count from webhook_delivery')
        expect(after.rows).toEqual([{ status: 'DELIVERED', attempt_count: 1 }])
      },
      { timeoutMs: 10_000 },
    )
    expect(receiver.received).toHaveLength(sentBefore + 1)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    for (const received of receiver.received) expect(signedWith(received, shownSecret(secret))).toEqual([true])
  },
  30_000,
)
