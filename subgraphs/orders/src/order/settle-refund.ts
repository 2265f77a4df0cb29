import { mailQueue } from '@cartograph/mail'
import type { JobOutcome } from '@cartograph/messaging'
import { crashPoint } from '@cartograph/service-runtime'
import { PaymentOutcomeUnknownError, type PaymentProvider } from '../payment/payment-provider.ts'
import { insertEvent } from './insert-event.ts'
import type { OrderServices } from './order-services.ts'

interface RefundToSettle {
  readonly orderId: string
  readonly amount: bigint
  readonly currencyCode: 'EUR' | 'GBP' | 'USD'
  readonly reference: string
  readonly completed: boolean
}

/** Has the provider give money back, once, and writes that it did. */
export async function settleRefund(services: OrderServices, refundId: string): Promise<JobOutcome> {
  const { db, payments, jobs, now } = services
  const [refund] = await db.$queryRaw<RefundToSettle[]>`
    select r.order_id as "orderId", r.amount, o.currency_code::text as "currencyCode", p.reference,
      r.completed_at is not null as completed
    from refund r join customer_order o on o.id = r.order_id join payment p on p.order_id = r.order_id
    where r.id = ${refundId}::uuid`
  if (!refund || refund.completed) return 'done'
  crashPoint('refund before effect')
  await refundOrFind(payments, refundId, refund)
  crashPoint('refund after effect')
  await db.$transaction(async (tx) => {
    const completed = await tx.$executeRaw`
      update refund set completed_at = ${now().toISOString()}::timestamptz
      where id = ${refundId}::uuid and completed_at is null`
    if (completed === 0) return
    await insertEvent(tx, refund.orderId, 'REFUNDED', now())
    await jobs.enqueue(tx, mailQueue, [{ data: { kind: 'refunded', orderId: refund.orderId, refundId } }])
  })
  crashPoint('refund recorded')
  jobs.wake(mailQueue)
  return 'done'
}

async function refundOrFind(payments: PaymentProvider, key: string, refund: RefundToSettle): Promise<void> {
  const { reference: paymentId, amount, currencyCode } = refund
  try {
    await payments.refundPayment({ key, paymentId, amount: { minorUnits: Number(amount), currencyCode } })
  } catch (error) {
    if (!(error instanceof PaymentOutcomeUnknownError)) throw error
    if (!(await payments.hasRefund(paymentId, key))) throw error
  }
}
