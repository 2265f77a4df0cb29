import type { Invariant } from './rows.ts'

/** Each order has its confirmation, each cancelled one a mail that says so, and each refund one of its own. */
export const mailsSentOnce: Invariant = ({ orders, refunds, mails }) => {
  const sent = new Set(mails)
  const missing = (kind: string, id: string) =>
    sent.has(`order-${kind}-${id}.eml`) ? [] : [`the mail order-${kind}-${id} was not sent`]
  return [
    ...orders.flatMap(({ id }) => missing('confirmation', id)),
    ...orders.filter(({ cancelled }) => cancelled).flatMap(({ id }) => missing('cancelled', id)),
    ...refunds.flatMap(({ id }) => missing('refunded', id)),
  ]
}
