import { existsSync, readdirSync } from 'node:fs'
import type { Tale } from '../buyers/tale.ts'
import type { Shop } from '../shop/start-shop.ts'
import { readDeadJobs, readDeliveries } from './read-jobs.ts'
import type * as row from './rows.ts'

const inOrders = {
  // The card is in the provider's books alone; a checkout that was refused before it paid has none.
  checkouts: `select c.id, caller, idempotency_key as key, cart_id as "cartId", customer_id as "customerId",
      coalesce(p.method, '') as card, refusal is not null as refused, order_id as "orderId",
      (purchase->>'total')::float8 as total, (extract(epoch from created_at) * 1000)::float8 as "createdAt",
      (extract(epoch from ended_at) * 1000)::float8 as "endedAt"
    from checkout c left join sandbox_payment p on p.key = c.id::text`,
  orders: `select id, checkout_id as "checkoutId", customer_id as "customerId", currency_code::text as "currencyCode",
      subtotal::float8, shipping::float8, tax::float8, tax_included as "taxIncluded", total::float8, refunded::float8,
      cancelled_at is not null as cancelled from customer_order`,
  orderLines: `select order_id as "orderId", variant_id as "variantId", product_id as "productId", quantity,
      unit_price::float8 as "unitPrice" from order_line`,
  payments: `select order_id as "orderId", reference, amount::float8, captured_at is not null as captured,
      voided_at is not null as voided from payment`,
  refunds: `select id, order_id as "orderId", amount::float8, reason, completed_at is not null as completed from refund`,
  refundLines: `select r.refund_id as "refundId", l.order_id as "orderId", l.variant_id as "variantId", r.quantity,
      r.restocked from refund_line r join order_line l on l.id = r.order_line_id`,
  bookedPayments: `select id, key, currency_code::text as "currencyCode", amount::float8, status, refunded::float8
    from sandbox_payment`,
  bookedRefunds: `select key, payment_id as "paymentId", amount::float8 from sandbox_refund`,
}

const inInventory = {
  levels: `select id, variant_id as "variantId", on_hand as "onHand", reserved from stock_level`,
  movements: `select stock_level_id as "levelId", delta, reason::text, on_hand_after as "onHandAfter" from stock_movement`,
  reservations: `select checkout_id as "checkoutId", state::text as state from reservation`,
  reservationLines: `select checkout_id as "checkoutId", stock_level_id as "levelId", quantity, returned
    from reservation_line`,
}

/** Reads all of it from the databases themselves, past every service. */
export async function readRows({ database, mailboxDir }: Shop, told: Tale): Promise<row.Rows> {
  const readAll = async (name: string, statements: Record<string, string>) =>
    Object.fromEntries(
      await Promise.all(Object.entries(statements).map(async ([key, sql]) => [key, await database.query(name, sql)])),
    ) as Record<string, unknown[]>
  const inboxes = await Promise.all(
    ['carts', 'inventory', 'orders', 'recommendations'].map((service) =>
      database.query<row.InboxRow>(service, 'select $1 as service, key from inbox', [service]),
    ),
  )
  return {
    ...(await readAll('orders', inOrders)),
    ...(await readAll('inventory', inInventory)),
    carts: await database.query('carts', 'select id, status::text, locked_by as "lockedBy" from cart'),
    purchased: await database.query(
      'recommendations',
      'select order_id as "orderId", product_id as "productId", user_id as "userId", quantity from purchase',
    ),
    inbox: inboxes.flat(),
    deliveries: await readDeliveries(database),
    deadJobs: await readDeadJobs(database),
    mails: existsSync(mailboxDir) ? readdirSync(mailboxDir).filter((name) => name.endsWith('.eml')) : [],
    told,
  } as unknown as row.Rows
}
