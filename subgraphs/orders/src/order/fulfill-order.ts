import { randomUUID } from 'node:crypto'
import { orderShipped } from '@cartograph/contracts'
import { invalidInput, refuseIfAny, type UserErrorData, validationError } from '@cartograph/error-catalogue'
import { mailQueue } from '@cartograph/mail'
import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import type { OrderServices } from './order-services.ts'
import { changeOrder } from './change-order.ts'
import { insertEvent } from './insert-event.ts'
import { chooseLines, type LineChoice } from './choose-lines.ts'
import { type OrderLine, unsentUnits } from './order-line.ts'
import type { Order } from './order.ts'

export interface FulfillmentRequest {
  readonly orderId: string
  readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[]
  readonly trackingNumber: string | null
  readonly idempotencyKey: string
}

/** Records that units of a paid order were sent, never more than are still to be sent, however many record at once. */
export async function fulfillOrder(
  services: OrderServices,
  viewer: Viewer,
  request: FulfillmentRequest,
): Promise<void> {
  const { orderId, idempotencyKey, lines, trackingNumber } = request
  if (trackingNumber !== null && !/^[\x20-\x7e]{1,100}$/.test(trackingNumber))
    refuseIfAny([invalidInput('A tracking number has 1 to 100 printable ASCII characters.', ['trackingNumber'])])
  await changeOrder(services, {
    viewer,
    orderId,
    idempotencyKey,
    request: ['fulfill', lines, trackingNumber],
    isAllowed: () => true,
    make: (tx, order, orderLines) => fulfill(tx, services, order, orderLines, request),
  })
}

async function fulfill(
  tx: Database,
  { outbox, jobs, now }: OrderServices,
  order: Order,
  orderLines: readonly OrderLine[],
  { lines, trackingNumber }: FulfillmentRequest,
): Promise<void> {
  const chosen = chooseLines(orderLines, lines, ({ line, quantity, path }) =>
    quantity > unsentUnits(line)
      ? notFulfillable(`Of ${line.sku} ${unsentUnits(line)} are still to be sent.`, path)
      : null,
  )
  if (order.status === 'CANCELLED') refuseIfAny([notFulfillable('The order was called off.', ['orderId'])])
  if (await isUnpaid(tx, order.id)) refuseIfAny([notFulfillable('The order is not paid yet.', ['orderId'])])
  const { id: orderId, customerId } = order
  const [fulfillmentId, at] = [randomUUID(), now()]
  const units = chosen.reduce((sum, { quantity }) => sum + quantity, 0)
  const isLast = orderLines.reduce((sum, line) => sum + unsentUnits(line), 0) === units
  await writeFulfillment(tx, { orderId, fulfillmentId, trackingNumber, at, chosen, units, isLast })
  await insertEvent(tx, orderId, isLast ? 'FULFILLED' : 'SHIPPED', at)
  await outbox.publish(tx, orderShipped, {
    aggregateId: orderId,
    aggregateVersion: order.version + 1,
    occurredAt: at,
    payload: {
      orderId,
      fulfillmentId,
      customerId,
      trackingNumber,
      lines: chosen.map(({ line: { variantId, productId }, quantity }) => ({ variantId, productId, quantity })),
    },
  })
  if (order.email !== null) await jobs.enqueue(tx, mailQueue, [{ data: { kind: 'shipped', orderId, fulfillmentId } }])
}

interface FulfillmentToWrite {
  readonly orderId: string
  readonly fulfillmentId: string
  readonly trackingNumber: string | null
  readonly at: Date
  readonly chosen: readonly LineChoice[]
  readonly units: number
  readonly isLast: boolean
}

async function writeFulfillment(tx: Database, written: FulfillmentToWrite): Promise<void> {
  const { orderId, fulfillmentId, trackingNumber, chosen, units, isLast } = written
  const at = written.at.toISOString()
  const [lineIds, quantities] = [chosen.map(({ line }) => line.id), chosen.map(({ quantity }) => quantity)]
  await tx.$executeRaw`
    with sent as (
      insert into fulfillment (id, order_id, tracking_number, shipped_at)
      values (${fulfillmentId}::uuid, ${orderId}::uuid, ${trackingNumber}, ${at}::timestamptz) returning id
    ), lines as (
      insert into fulfillment_line (fulfillment_id, order_line_id, quantity)
      select sent.id, l.* from sent, unnest(${lineIds}::uuid[], ${quantities}::int[]) as l
    ), counted as (
      update order_line l set fulfilled = l.fulfilled + n.quantity
      from unnest(${lineIds}::uuid[], ${quantities}::int[]) as n (id, quantity) where l.id = n.id
    )
    update customer_order set units_fulfilled = units_fulfilled + ${units}::int, version = version + 1,
      fulfilled_at = case when ${isLast}::boolean then greatest(${at}::timestamptz, placed_at) end
    where id = ${orderId}::uuid`
}

async function isUnpaid(tx: Database, orderId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select from payment where order_id = ${orderId}::uuid and captured_at is null`
  return rows.length > 0
}

const notFulfillable = (message: string, path: string[]): UserErrorData =>
  validationError('NOT_FULFILLABLE', message, path)
