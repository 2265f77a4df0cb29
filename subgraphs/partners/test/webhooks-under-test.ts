import { randomBytes, randomUUID } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { JobQueue } from '@cartograph/messaging'
import {
  createLogger,
  createPool,
  prismaAdapter,
  statementChannel,
  type StatementMessage,
} from '@cartograph/service-runtime'
import { freshDatabase, user } from '@cartograph/test-kit'
import { viewerOf } from '@cartograph/viewer'
import type pg from 'pg'
import { Webhook } from 'standardwebhooks'
import { PrismaClient } from '../src/database.ts'
import { createEndpoint } from '../src/webhook/create-endpoint.ts'
import { deliverWebhook } from '../src/webhook/deliver-webhook.ts'
import { resolveLocalName } from '../src/webhook/resolve-name.ts'
import { SecretBox } from '../src/webhook/secret-box.ts'
import { tellPartners } from '../src/webhook/tell-partners.ts'
import type { WebhookEventType } from '../src/webhook/webhook-event.ts'
import { WebhookJobs, webhookQueuePolicy } from '../src/webhook/webhook-jobs.ts'
import { WebhookSender } from '../src/webhook/webhook-sender.ts'
import type { WebhookServices } from '../src/webhook/webhook-services.ts'
import type { ReceivedWebhook } from './receiver-under-test.ts'

export const staff = viewerOf(user(randomUUID(), ['partners:read', 'partners:write']))

export interface StoredDelivery {
  readonly id: string
  readonly message_id: string
  readonly status: string
  readonly payload: string
  readonly created_at: Date
  readonly next_attempt_at: Date | null
  readonly attempt_count: number
}

/** The use cases of webhooks on a database of their own, by a clock that a test puts forward. Sends by itself once `start` is called. */
export async function webhooksUnderTest() {
  const database = await freshDatabase('partners')
  const { connectionString } = database
  const pool = createPool({
    connectionString,
    size: 10,
    onError: (error) => {
      // The pool does not wait for its connections to be closed, and the database is dropped under the last of them.
      if (!pool.ended) throw error
    },
  })
  const logger = createLogger('test', 'silent')
  const db = new PrismaClient({ adapter: prismaAdapter(pool) })
  const jobs = await JobQueue.open({ connectionString, logger, queues: [webhookQueuePolicy] })
  const key = randomBytes(32)
  let aheadMs = 0
  const now = () => new Date(Date.now() + aheadMs)
  const webhookSender = new WebhookSender({ allowsPrivateNetworks: true, resolve: resolveLocalName }, now, 1_000)
  const services: WebhookServices = {
    db,
    webhookJobs: new WebhookJobs(jobs),
    webhookSender,
    secretBox: new SecretBox([key]),
    allowsPrivateNetworks: true,
    logger,
    now,
  }
  const sql = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await pool.query<Row>(text, values)).rows
  return {
    services,
    /** What secrets are sealed with. */
    key,
    sql,
    database,
    now,
    /** The statements sent while `work` runs, by their first word; those with which a queue looks for jobs are of another pool. */
    async statementsOf(work: () => Promise<unknown>): Promise<string[]> {
      const words: string[] = []
      const listener = (message: unknown) => {
        const { database: name, text } = message as StatementMessage
        if (connectionString.endsWith(`/${name}`)) words.push(text.trim().split(/\s/, 1)[0]!.toLowerCase())
      }
      subscribe(statementChannel.name, listener)
      await work().finally(() => unsubscribe(statementChannel.name, listener))
      return words
    },
    /** Puts the clock forward to an instant, or as it is at home again. */
    setClock: (to: Date | null) => void (aheadMs = to === null ? 0 : to.getTime() - Date.now()),
    start: () => services.webhookJobs.start((job) => deliverWebhook(services, job)),
    async partner(scopes: readonly string[] = ['inventory:read', 'orders:read']): Promise<string> {
      const [row] = await sql<{ id: string }>(
        `insert into partner (name, scopes, points_per_minute, created_at) values ($1, $2, 100, now()) returning id`,
        [randomUUID(), scopes],
      )
      return row!.id
    },
    endpoint: (
      partnerId: string,
      url: string,
      eventTypes: readonly WebhookEventType[] = ['ORDER_PLACED', 'ORDER_SHIPPED', 'PRICE_CHANGED', 'STOCK_LOW'],
    ) => createEndpoint(services, staff, { partnerId, url, eventTypes }),
    /** Something happens that partners are told of. */
    happens: (type: WebhookEventType = 'PRICE_CHANGED', data: object = {}, id: string = randomUUID()) =>
      services.webhookJobs
        .wakingAfter(db)
        .$transaction((tx) => tellPartners(services, tx as never, type, { id, occurredAt: now().toISOString() }, data)),
    deliveries: (endpointId: string) =>
      sql<StoredDelivery>('select * from webhook_delivery where endpoint_id = $1 order by created_at, id', [
        endpointId,
      ]),
    /** The log of an endpoint, the earliest first: what each try was answered, or why it was not. */
    log: async (endpointId: string) =>
      (
        await sql<{ outcome: string }>(
          `select coalesce(failure, http_status::text) as outcome from webhook_attempt a
           join webhook_delivery d on d.id = delivery_id where endpoint_id = $1 order by a.at, a.id`,
          [endpointId],
        )
      ).map(({ outcome }) => outcome),
    /** Makes the try of a delivery that is next, as its job would. */
    async makeTry({ id }: Pick<StoredDelivery, 'id'>): Promise<StoredDelivery> {
      const [before] = await sql<StoredDelivery>('select * from webhook_delivery where id = $1', [id])
      await deliverWebhook(services, { deliveryId: id, attempt: before!.attempt_count })
      return (await sql<StoredDelivery>('select * from webhook_delivery where id = $1', [id]))[0]!
    },
    /** The tries that are planned, as so many seconds from now, the earliest first. */
    planned: async (deliveryId: string) =>
      (
        await sql<{ seconds: number; attempt: number }>(
          `select extract(epoch from start_after - created_on)::float8 as seconds, (data->>'attempt')::int as attempt
           from pgboss.job where name = 'webhooks' and state = 'created' and data->>'deliveryId' = $1 order by 1`,
          [deliveryId],
        )
      ).map(({ seconds, attempt }) => ({ seconds: Math.round(seconds), attempt })),
    recorded: async (partnerId: string) =>
      (
        await sql<{ kind: string }>('select kind from partner_event where partner_id = $1 order by at, id', [partnerId])
      ).map(({ kind }) => kind),
    async stop() {
      await jobs.stop()
      await webhookSender.close()
      await db.$disconnect()
      await pool.end()
      await database.drop()
    },
  }
}

export type WebhooksUnderTest = Awaited<ReturnType<typeof webhooksUnderTest>>

/** Which of these secrets, as partners are shown them, what was received is signed with. */
export function signedWith({ headers, body }: ReceivedWebhook, ...secrets: readonly string[]): boolean[] {
  const signatures = String(headers['webhook-signature']).split(' ')
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000)
  return secrets.map((secret) => signatures.includes(new Webhook(secret).sign(String(headers['webhook-id']), at, body)))
}
