import type { JobOutcome } from '@cartograph/messaging'
import { crashPoint } from '@cartograph/service-runtime'
import { voidPayment } from '../payment/let-go-of-payment.ts'
import { restOf } from './cancel-order.ts'
import { insertEvent } from './insert-event.ts'
import { insertRefund } from './insert-refund.ts'
import { lockOrder } from './lock-order.ts'
import type { OrderServices } from './order-services.ts'
import { recordCapture } from './record-capture.ts'
import { recordVoid } from './record-void.ts'

/** Lets go of the money that is held for a cancelled order; where it was taken meanwhile, has it given back. */
export async function settleCancelledOrder(services: OrderServices, orderId: string): Promise<JobOutcome> {
  const { db, payments, now } = services
  const [payment] = await db.$queryRaw<{ reference: string }[]>`
    select reference from payment where order_id = ${orderId}::uuid and voided_at is null`
  if (!payment) return 'done'
  crashPoint('void before effect')
  const { status } = await voidPayment(payments, payment.reference)
  crashPoint('void after effect')
  if (status === 'VOIDED') {
    await db.$transaction(async (tx) => {
      if (await recordVoid(tx, orderId, now())) await insertEvent(tx, orderId, 'PAYMENT_VOIDED', now())
    })
    crashPoint('void recorded')
    return 'done'
  }
  if (status !== 'CAPTURED') return 'failed'
  await db.$transaction(async (tx) => {
    const order = (await lockOrder(tx, orderId))!
    await recordCapture(tx, orderId, now())
    const amount = restOf(order)
    if (amount > 0) await insertRefund(tx, services, order, { amount, reason: null, lines: [] })
  })
  return 'done'
}
