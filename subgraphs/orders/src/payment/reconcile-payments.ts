import type { Money } from '@cartograph/money'
import type { OrderServices } from '../order/order-services.ts'
import { letGoOfPayment } from './let-go-of-payment.ts'
import type { UnsettledPayment } from './payment-provider.ts'

/**
 * Lets go of money that is held though no purchase will take it: payments opened at least `ageMs` ago for a checkout
 * that has ended here without an order, or with an order that another payment is for. Payments of running checkouts and
 * of orders are left to them; those that name no checkout of ours are somebody else's, who shares the account. One that
 * cannot be voided is tried again next time. Answers how many were voided. Any number of processes may do it at once.
 */
export async function reconcilePayments(services: OrderServices, ageMs: number): Promise<number> {
  const { payments, now, logger } = services
  let voided = 0
  for await (const payment of payments.listUnsettledPayments(new Date(now().getTime() - ageMs))) {
    try {
      if (await letGoIfDangling(services, payment)) voided += 1
    } catch (error) {
      logger.warn({ err: error, paymentId: payment.paymentId }, 'a payment was not reconciled; it is tried again')
    }
  }
  return voided
}

interface EndedCheckout {
  readonly isOver: boolean
  readonly paymentId: string | null
  readonly amount: Money | null
}

async function letGoIfDangling(
  { db, payments, logger }: OrderServices,
  { paymentId, key }: UnsettledPayment,
): Promise<boolean> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)) return false
  const [checkout] = await db.$queryRaw<EndedCheckout[]>`
    select ended_at is not null as "isOver", case when order_id is not null then payment_id end as "paymentId",
      request -> 'expectedTotal' as amount
    from checkout where id = ${key}::uuid`
  if (!checkout?.isOver || checkout.paymentId === paymentId) return false
  await letGoOfPayment(payments, { paymentId, key: `${paymentId}:dangling`, amount: checkout.amount! })
  logger.warn({ paymentId, checkout: key }, 'a payment was held for a checkout that is over; it is let go of')
  return true
}
