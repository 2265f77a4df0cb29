import { randomUUID } from 'node:crypto'
import { orderCancelled, orderPlaced, orderRefunded, releaseStock, reserveStock } from '@cartograph/contracts'
import { createLogger, createPool, peer, prismaAdapter } from '@cartograph/service-runtime'
import { startSubscriber, subgraphUnderTest, type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import { expect } from 'vitest'
import { PrismaClient } from '../src/database.ts'
import { start } from '../src/server.ts'
import { startOrders } from './peers-under-test.ts'

export interface Line {
  readonly variantId: string
  readonly quantity: number
}

export const line = (variantId: string, quantity = 1): Line => ({ variantId, quantity })

/** The subgraph on a database of its own, with an orders that does as it is told, and two subscribers that keep what they are told. */
export async function inventoryUnderTest() {
  const [orders, partners, recommendations] = await Promise.all([startOrders(), startSubscriber(), startSubscriber()])
  const inventory = await subgraphUnderTest('inventory', start, {
    ORDERS_URL: `${orders.url}/graphql`,
    ORDERS_SIGNING_SECRET: orders.secret,
    PARTNERS_URL: `${partners.url}/graphql`,
    PARTNERS_SIGNING_SECRET: partners.secret,
    RECOMMENDATIONS_URL: `${recommendations.url}/graphql`,
    RECOMMENDATIONS_SIGNING_SECRET: recommendations.secret,
  })
  const pool = createPool({
    connectionString: inventory.database.connectionString,
    size: 4,
    onError: (error) => {
      // The pool does not wait for its connections to be closed, and the database is dropped under the last of them.
      if (!pool.ended) throw error
    },
  })
  const db = new PrismaClient({ adapter: prismaAdapter(pool) })
  const ordersPeer = peer({ caller: 'test', name: 'orders', url: orders.url, secret: orders.secret })

  const command = async (name: string, input: object, key: string = randomUUID()) => {
    const { status, content } = await inventory.post(`/commands/${name}`, { key, input })
    expect(status).toBe(200)
    return (content as { result: { outcome?: string; shortages?: object[] } }).result
  }
  const deliver = async (name: string, payload: object, id: string = randomUUID()) => {
    const event = {
      id,
      name,
      aggregateId: (payload as { orderId: string }).orderId,
      aggregateVersion: 1,
      occurredAt: new Date(0).toISOString(),
      payload,
    }
    const { status, content } = await inventory.post('/events', { events: [event] })
    expect(status).toBe(200)
    return (content as { outcomes: string[] }).outcomes[0]
  }
  const ordered = (lines: readonly Line[]) => lines.map((each) => ({ ...each, productId: uuidOf('product', 1) }))
  const orderId = uuidOf('order', 1)

  return {
    ...inventory,
    orders,
    partners,
    recommendations,
    /** A variant with these units on hand, by the name of the location. */
    async stocks(
      units: Record<string, number>,
      { threshold = 0, variantId = randomUUID() }: { threshold?: number; variantId?: string } = {},
    ): Promise<string> {
      await inventory.sql(
        `with place as (
           insert into stock_location (name, country_code) select key, 'GB' from json_each($2)
           on conflict (name) do update set name = excluded.name returning id, name
         ), level as (
           insert into stock_level (variant_id, location_id, on_hand, low_stock_threshold)
           select $1, id, ($2::json ->> name)::int, $3 from place returning id, on_hand
         ) insert into stock_movement (stock_level_id, delta, reason, on_hand_after)
           select id, on_hand, 'RECEIPT', on_hand from level where on_hand > 0`,
        [variantId, JSON.stringify(units), threshold],
      )
      return variantId
    },
    /** Hand and reserved units of a variant, by the name of the location. */
    async stockOf(variantId: string): Promise<Record<string, [onHand: number, reserved: number]>> {
      const rows = await inventory.sql<{ name: string; on_hand: number; reserved: number }>(
        `select name, on_hand, reserved from stock_level l join stock_location o on o.id = location_id
         where variant_id = $1 order by name`,
        [variantId],
      )
      return Object.fromEntries(rows.map((row) => [row.name, [row.on_hand, row.reserved]]))
    },
    /** The ledger of a variant in its order: why, how many, and how many were there then. */
    async ledgerOf(variantId: string): Promise<string[]> {
      const rows = await inventory.sql<{ entry: string }>(
        `select concat_ws(' ', o.name, reason, delta, on_hand_after) entry from stock_movement m
         join stock_level l on l.id = stock_level_id join stock_location o on o.id = location_id
         where variant_id = $1 order by m.id`,
        [variantId],
      )
      return rows.map(({ entry }) => entry)
    },
    async stateOf(checkoutId: string): Promise<string | undefined> {
      const [row] = await inventory.sql<{ state: string }>('select state from reservation where checkout_id = $1', [
        checkoutId,
      ])
      return row?.state
    },
    /** Everything but which messages came. */
    async storedBesideInbox() {
      const { inbox: _, ...rest } = await inventory.stored()
      return rest
    },
    reserve: (checkoutId: string, lines: readonly Line[], key?: string) =>
      command(reserveStock.name, { checkoutId, lines }, key),
    release: (checkoutId: string, key?: string) => command(releaseStock.name, { checkoutId }, key),
    placed: (checkoutId: string, lines: readonly Line[], id?: string) =>
      deliver(
        orderPlaced.name,
        {
          orderId,
          checkoutId,
          cartId: uuidOf('line', 1),
          customerId: null,
          placedAt: new Date(0).toISOString(),
          lines: ordered(lines),
        },
        id,
      ),
    cancelled: (checkoutId: string | null, lines: readonly Line[]) =>
      deliver(orderCancelled.name, { orderId, checkoutId, customerId: null, lines: ordered(lines) }),
    refunded: (checkoutId: string | null, restocked: readonly Line[]) =>
      deliver(orderRefunded.name, {
        orderId,
        refundId: uuidOf('line', 2),
        checkoutId,
        customerId: null,
        restocked,
      }),
    /** What a use case needs that is called at `time`, as by another process of the service. */
    sweeper: (time: Date) => ({
      db,
      orders: ordersPeer,
      logger: createLogger('test', 'silent'),
      now: () => time,
    }),
    /** Statements but those of the queues, which look for jobs whenever they like. */
    statementsOf: async (work: () => Promise<unknown>) =>
      (await inventory.statementsOf(work)).filter((text) => !text.includes('pgboss')),
    /** The ledger explains every level, and what is reserved is what reservations hold. */
    async expectTheBooksToBalance(): Promise<void> {
      const wrong = await inventory.sql(
        `select l.*, ledger.total, held.quantity from stock_level l,
           lateral (select coalesce(sum(delta), 0)::int total from stock_movement where stock_level_id = l.id) ledger,
           lateral (select coalesce(sum(r.quantity), 0)::int quantity from reservation_line r
             join reservation using (checkout_id) where stock_level_id = l.id and state = 'HELD') held
         where on_hand <> ledger.total or reserved <> held.quantity`,
      )
      expect(wrong).toEqual([])
      const jumps = await inventory.sql(
        `select * from (select *, sum(delta) over (partition by stock_level_id order by id) running from stock_movement) m
         where running <> on_hand_after`,
      )
      expect(jumps).toEqual([])
    },
    async stop(): Promise<void> {
      await Promise.all([ordersPeer.close(), db.$disconnect()])
      await pool.end()
      await inventory.stop()
      await Promise.all([orders.stop(), partners.stop(), recommendations.stop()])
    },
  } satisfies SubgraphUnderTest & Record<string, unknown>
}

export type InventoryUnderTest = Awaited<ReturnType<typeof inventoryUnderTest>>
