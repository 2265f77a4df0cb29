import type { CurrencyCode, Money } from '@cartograph/money'
import type { Database } from '../database.ts'
import { storedMoney } from './order.ts'

export interface Payment {
  readonly id: string
  readonly orderId: string
  readonly amount: Money
  readonly authorizedAt: Date
  readonly capturedAt: Date | null
  readonly voidedAt: Date | null
}

export interface FulfillmentLine {
  readonly orderId: string
  readonly orderLineId: string
  readonly quantity: number
}

export interface Fulfillment {
  readonly id: string
  readonly orderId: string
  readonly trackingNumber: string | null
  readonly shippedAt: Date
  readonly lines: readonly FulfillmentLine[]
}

export interface RefundLine extends FulfillmentLine {
  readonly restocked: boolean
}

export interface Refund {
  readonly id: string
  readonly orderId: string
  readonly amount: Money
  readonly reason: string | null
  readonly createdAt: Date
  readonly completedAt: Date | null
  readonly lines: readonly RefundLine[]
}

/** What had happened by then, where a time is given: of what had not, null. */
const by = (asOf: Date | undefined, instant: Date | null): Date | null =>
  instant !== null && (asOf === undefined || instant <= asOf) ? instant : null

export const paymentsAsOf = (payments: readonly Payment[], asOf: Date | undefined): Payment[] =>
  payments.map((payment) => ({
    ...payment,
    capturedAt: by(asOf, payment.capturedAt),
    voidedAt: by(asOf, payment.voidedAt),
  }))

export const fulfillmentsAsOf = (fulfillments: readonly Fulfillment[], asOf: Date | undefined): Fulfillment[] =>
  fulfillments.filter(({ shippedAt }) => by(asOf, shippedAt) !== null)

export const refundsAsOf = (refunds: readonly Refund[], asOf: Date | undefined): Refund[] =>
  refunds
    .filter(({ createdAt }) => by(asOf, createdAt) !== null)
    .map((refund) => ({ ...refund, completedAt: by(asOf, refund.completedAt) }))

/** A row with its amount still in two columns. */
type Stored<Part> = Omit<Part, 'amount'> & { amount: bigint; currencyCode: CurrencyCode }

const amountOf = ({ amount, currencyCode }: { amount: bigint; currencyCode: CurrencyCode }): Money =>
  storedMoney(amount, currencyCode)

/** What is held, or was taken, for these orders. */
export async function findPaymentsOfOrders(db: Database, orderIds: readonly string[]): Promise<Payment[]> {
  const rows = await db.$queryRaw<Stored<Payment>[]>`
    select p.id, p.order_id as "orderId", p.amount, o.currency_code::text as "currencyCode",
      p.authorized_at as "authorizedAt", p.captured_at as "capturedAt", p.voided_at as "voidedAt"
    from payment p join customer_order o on o.id = p.order_id
    where p.order_id = any(${orderIds}::uuid[]) and o.id = any(${orderIds}::uuid[])`
  return rows.map((row) => ({ ...row, amount: amountOf(row) }))
}

/** What was sent of these orders, the earliest first. */
export async function findFulfillmentsOfOrders(db: Database, orderIds: readonly string[]): Promise<Fulfillment[]> {
  return db.$queryRaw<Fulfillment[]>`
    select f.id, f.order_id as "orderId", f.tracking_number as "trackingNumber", f.shipped_at as "shippedAt", (
      select json_agg(json_build_object('orderId', f.order_id, 'orderLineId', l.id, 'quantity', fl.quantity)
        order by l.position)
      from fulfillment_line fl join order_line l on l.id = fl.order_line_id where fl.fulfillment_id = f.id
    ) as lines
    from fulfillment f where f.order_id = any(${orderIds}::uuid[]) order by f.order_id, f.shipped_at, f.id`
}

/** What was given back of these orders, the earliest first. */
export async function findRefundsOfOrders(db: Database, orderIds: readonly string[]): Promise<Refund[]> {
  const rows = await db.$queryRaw<Stored<Refund>[]>`
    select r.id, r.order_id as "orderId", r.amount, o.currency_code::text as "currencyCode", r.reason,
      r.created_at as "createdAt", r.completed_at as "completedAt", coalesce((
      select json_agg(json_build_object('orderId', r.order_id, 'orderLineId', l.id, 'quantity', rl.quantity,
        'restocked', rl.restocked) order by l.position)
      from refund_line rl join order_line l on l.id = rl.order_line_id where rl.refund_id = r.id
    ), '[]') as lines
    from refund r join customer_order o on o.id = r.order_id
    where r.order_id = any(${orderIds}::uuid[]) and o.id = any(${orderIds}::uuid[])
    order by r.order_id, r.created_at, r.id`
  return rows.map((row) => ({ ...row, amount: amountOf(row) }))
}
