import { changeOrder } from './change-order.ts'
import type { Client } from './client.ts'
import type { PlacedOrder } from './placed-order.ts'

/** Some buyers think better of it. */
export async function cancelOrder({ orderId, client }: PlacedOrder): Promise<void> {
  await changeOrder(client, 'cancel', 'orderCancel', { orderId, idempotencyKey: 'cancel-1' })
}

interface Line {
  readonly id: string
  readonly quantity: number
  readonly refundedQuantity: number
}

/**
 * What the staff does with some orders: sends all of it or a part, and pays back a unit, twice in different refunds
 * where there are two, or all of it with the shipping. What was paid back has come back, mostly.
 */
export async function serveOrder(staff: Client, orderId: string): Promise<void> {
  const { random } = staff
  const { order } = await staff.ask<{ order: { lines: Line[] } | null }>('orderLines', { id: orderId })
  if (!order) {
    staff.market.tale.complaints.push(`order ${orderId} was placed, and the staff does not find it`)
    return
  }
  const { lines } = order
  const quantityOf = ({ id, quantity }: Line) => ({ orderLineId: id, quantity })
  if (random.next() < 0.4) {
    const sent = random.next() < 0.5 ? lines : lines.slice(0, 1)
    await changeOrder(staff, 'fulfill', 'orderFulfill', {
      orderId,
      lines: sent.map(quantityOf),
      idempotencyKey: `fulfill-${orderId}`,
    })
  }
  const refund = (number: number, refunded: readonly { orderLineId: string; quantity: number }[], all: boolean) => {
    const key = `refund-${orderId}-${number}`
    return changeOrder(staff, 'refund', 'orderRefund', {
      orderId,
      lines: refunded.map((line) => ({ ...line, restock: random.next() < 0.85 })),
      refundShipping: all,
      reason: key,
      idempotencyKey: key,
    })
  }
  if (random.next() < 0.2) return void (await refund(1, lines.map(quantityOf), true))
  const line = random.pick(lines)
  for (let number = 1; number <= Math.min(2, line.quantity); number++)
    await refund(number, [{ orderLineId: line.id, quantity: 1 }], false)
}
