import { orderRefunded } from '@cartograph/contracts'
import { invalidInput, Refused, refuseIfAny, type UserErrorData, validationError } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import { isPlainText } from '../checkout/check-request.ts'
import { paidFor } from '../checkout/purchase.ts'
import type { Database } from '../database.ts'
import type { OrderServices } from './order-services.ts'
import { changeOrder } from './change-order.ts'
import { chooseLines, type LineChoice } from './choose-lines.ts'
import { insertRefund } from './insert-refund.ts'
import { type OrderLine, unsentUnits } from './order-line.ts'
import type { Order } from './order.ts'

export interface RefundOrder {
  readonly orderId: string
  readonly lines: readonly { readonly orderLineId: string; readonly quantity: number; readonly restock: boolean }[]
  readonly refundShipping: boolean
  readonly reason: string | null
  readonly idempotencyKey: string
}

/**
 * Decides to give back what was paid for units, tax and all, and the shipping if asked for; a job of this transaction
 * has the provider do it. Units that were not sent come first and are never sent then. All refunds of an order together
 * never come to more than was paid, and to exactly that when all of it is refunded.
 */
export async function refundOrder(services: OrderServices, viewer: Viewer, request: RefundOrder): Promise<void> {
  const { orderId, idempotencyKey, lines, refundShipping, reason } = request
  if (reason !== null && (reason.length > 500 || !isPlainText(reason)))
    refuseIfAny([invalidInput('A reason has at most 500 characters, and no control characters.', ['reason'])])
  await changeOrder(services, {
    viewer,
    orderId,
    idempotencyKey,
    request: ['refund', lines, refundShipping, reason],
    isAllowed: () => true,
    make: (tx, order, orderLines) => refund(tx, services, order, orderLines, request),
  })
}

async function refund(
  tx: Database,
  services: OrderServices,
  order: Order,
  orderLines: readonly OrderLine[],
  { lines, refundShipping, reason }: RefundOrder,
): Promise<void> {
  if (order.status === 'CANCELLED' || !(await isPaid(tx, order)))
    throw new Refused([notRefundable('Nothing that was paid for this order is left to give back.', ['orderId'])])
  if (refundShipping && order.shippingRefunded)
    throw new Refused([notRefundable('The shipping was given back already.', ['refundShipping'])])
  const chosen =
    refundShipping && lines.length === 0
      ? []
      : chooseLines(orderLines, lines, ({ line, quantity, path }) => {
          const left = line.quantity - line.refunded
          return quantity > left ? notRefundable(`Of ${line.sku} ${left} are not refunded yet.`, path) : null
        })
  const restocked = new Map(lines.map(({ orderLineId, restock }) => [orderLineId, restock]))
  const refundId = await insertRefund(tx, services, order, {
    amount: refundAmount(order, orderLines, chosen, refundShipping),
    reason,
    lines: chosen.map(({ line, quantity }) => ({
      orderLineId: line.id,
      quantity,
      restocked: restocked.get(line.id) === true,
    })),
  })
  const at = services.now()
  await countRefunded(tx, order, orderLines, chosen, refundShipping, at)
  await services.outbox.publish(tx, orderRefunded, {
    aggregateId: order.id,
    aggregateVersion: order.version + 1,
    occurredAt: at,
    payload: {
      orderId: order.id,
      refundId,
      checkoutId: order.checkoutId,
      customerId: order.customerId,
      restocked: chosen
        .filter(({ line }) => restocked.get(line.id))
        .map(({ line: { variantId }, quantity }) => ({ variantId, quantity })),
    },
  })
}

/**
 * The part of the total that falls due: what all refunded goods cost the customer, less what those refunded before did.
 * Rounding thus evens out from refund to refund.
 */
export function refundAmount(
  order: Pick<Order, 'shipping' | 'shippingRefunded' | 'tax'>,
  orderLines: readonly Pick<OrderLine, 'unitPrice' | 'refunded'>[],
  chosen: readonly { readonly line: Pick<OrderLine, 'unitPrice'>; readonly quantity: number }[],
  refundShipping: boolean,
): number {
  const taxRate = order.tax?.taxRate ?? null
  const shipping = (refunded: boolean) => (refunded ? order.shipping.minorUnits : 0)
  const before =
    orderLines.reduce((sum, { unitPrice, refunded }) => sum + unitPrice.minorUnits * refunded, 0) +
    shipping(order.shippingRefunded)
  const added =
    chosen.reduce((sum, { line, quantity }) => sum + line.unitPrice.minorUnits * quantity, 0) + shipping(refundShipping)
  return paidFor(before + added, taxRate) - paidFor(before, taxRate)
}

/** Units not sent yet are refunded first; with the last of them the order has nothing left to be sent. */
async function countRefunded(
  tx: Database,
  { id: orderId, unitsFulfilled }: Order,
  orderLines: readonly OrderLine[],
  chosen: readonly LineChoice[],
  refundShipping: boolean,
  at: Date,
): Promise<void> {
  const withdrawn = chosen.map(({ line, quantity }) => Math.min(quantity, unsentUnits(line)))
  const units = withdrawn.reduce((sum, quantity) => sum + quantity, 0)
  const unsent = orderLines.reduce((sum, line) => sum + unsentUnits(line), 0)
  const isDone = units > 0 && unsent === units && unitsFulfilled > 0
  await tx.$executeRaw`
    with counted as (
      update order_line l set refunded = l.refunded + n.quantity, withdrawn = l.withdrawn + n.withdrawn
      from unnest(${chosen.map(({ line }) => line.id)}::uuid[], ${chosen.map(({ quantity }) => quantity)}::int[],
        ${withdrawn}::int[]) as n (id, quantity, withdrawn) where l.id = n.id
    )
    update customer_order set version = version + 1, units_withdrawn = units_withdrawn + ${units}::int,
      shipping_refunded = shipping_refunded or ${refundShipping}::boolean,
      fulfilled_at = case when ${isDone}::boolean then greatest(${at.toISOString()}::timestamptz, placed_at)
        else fulfilled_at end
    where id = ${orderId}::uuid`
}

async function isPaid(tx: Database, { id: orderId, total, checkoutId }: Order): Promise<boolean> {
  // A free order has nothing to pay; of an imported one we have taken nothing that we could give back.
  if (total.minorUnits === 0) return checkoutId !== null
  const rows = await tx.$queryRaw<unknown[]>`
    select from payment where order_id = ${orderId}::uuid and captured_at is not null`
  return rows.length > 0
}

const notRefundable = (message: string, path: string[]): UserErrorData =>
  validationError('NOT_REFUNDABLE', message, path)
