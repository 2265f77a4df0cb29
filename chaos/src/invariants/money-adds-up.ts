import { byKey, differences, sumsBy } from './group.ts'
import type { Invariant } from './rows.ts'

/**
 * By the provider's own books, what was captured less what was refunded is what the orders are paid for, to the penny
 * and in each currency; and so it is of each order.
 */
export const moneyAddsUp: Invariant = (rows) => {
  const booked = byKey(rows.bookedPayments, ({ id }) => id)
  const paymentOf = byKey(rows.payments, ({ orderId }) => orderId)
  const inCurrency = ({ currencyCode }: { currencyCode: string }) => currencyCode
  const owed = ({ cancelled, total, refunded }: (typeof rows.orders)[number]) => (cancelled ? 0 : total - refunded)
  const kept = rows.bookedPayments.filter(({ status }) => status === 'CAPTURED')
  const totals = differences(
    sumsBy(kept, inCurrency, ({ amount, refunded }) => amount - refunded),
    sumsBy(rows.orders, inCurrency, owed),
  ).map((each) => `${each.key}: the provider keeps ${each.left} minor units, and orders are paid with ${each.right}`)
  const ofOrders = rows.orders.flatMap((order) => {
    const payment = paymentOf.get(order.id)
    if (!payment) return order.total === 0 ? [] : [`order ${order.id} costs ${order.total} and has no payment`]
    const book = booked.get(payment.reference)
    if (!book) return [`the provider does not know payment ${payment.reference} of order ${order.id}`]
    const keeps = book.status === 'CAPTURED' ? book.amount - book.refunded : 0
    const agree = (book.status === 'CAPTURED') === payment.captured && (book.status === 'VOIDED') === payment.voided
    return [
      ...(book.amount === order.total && payment.amount === order.total
        ? []
        : [`order ${order.id} costs ${order.total}, and ${book.amount} was held`]),
      ...(keeps === owed(order) ? [] : [`of order ${order.id} the provider keeps ${keeps} instead of ${owed(order)}`]),
      ...(agree
        ? []
        : [`payment ${payment.reference} of order ${order.id} is ${book.status} at the provider, and not so here`]),
    ]
  })
  const refunds = byKey(rows.bookedRefunds, ({ key }) => key)
  const ofRefunds = rows.refunds.flatMap(({ id, orderId, amount, completed }) => {
    const given = refunds.get(id)?.amount ?? 0
    if (completed && given === amount) return []
    return [
      `refund ${id} of order ${orderId} is of ${amount}, ${completed ? '' : 'not '}completed, and ${given} was given`,
    ]
  })
  const needed = new Set(rows.payments.map(({ reference }) => reference))
  const stray = kept
    .filter(({ id }) => !needed.has(id))
    .map(({ id, key }) => `payment ${id} was captured for checkout ${key}, which has no order`)
  return [...totals, ...ofOrders, ...ofRefunds, ...stray]
}
