import { type Mail, type Mailer, sendMailOfJob } from '@cartograph/mail'
import { type Money, multiply } from '@cartograph/money'
import type { Job, JobOutcome } from '@cartograph/messaging'
import type { Database } from '../database.ts'
import { findLinesOfOrders, findOrders } from '../order/find-orders.ts'
import type { OrderLine } from '../order/order-line.ts'
import { findFulfillmentsOfOrders, findRefundsOfOrders } from '../order/order-parts.ts'
import type { Order } from '../order/order.ts'
import type { Logger } from '@cartograph/service-runtime'
import { orderCancelled, orderConfirmation, orderRefunded, orderShipped } from './order-mails.ts'

export type MailJob =
  | { readonly kind: 'confirmation' | 'cancelled'; readonly orderId: string }
  | { readonly kind: 'shipped'; readonly orderId: string; readonly fulfillmentId: string }
  | { readonly kind: 'refunded'; readonly orderId: string; readonly refundId: string }

/** Writes the mail of a job and hands it over; sent again after a crash it is the same mail. */
export function sendMail(db: Database, mailer: Mailer, logger: Logger, job: Job<MailJob>): Promise<JobOutcome> {
  return sendMailOfJob(mailer, logger, { job: job.id, mail: job.data }, () => writeMail(db, job.data))
}

/** Null for an order without an address, which is an imported one. */
async function writeMail(db: Database, job: MailJob): Promise<Mail | null> {
  const [[order], lines] = await Promise.all([findOrders(db, [job.orderId]), findLinesOfOrders(db, [job.orderId])])
  if (!order || order.email === null) return null
  const { number, email } = order
  switch (job.kind) {
    case 'confirmation':
      return confirmation(order, email, lines)
    case 'cancelled':
      return orderCancelled({ id: job.orderId, number, email, total: order.total })
    case 'shipped': {
      const sent = (await findFulfillmentsOfOrders(db, [job.orderId])).find(({ id }) => id === job.fulfillmentId)!
      const units = sent.lines.map(({ orderLineId, quantity }) => {
        const { title, sku } = lines.find(({ id }) => id === orderLineId)!
        return { title, sku, quantity }
      })
      return orderShipped({ id: sent.id, number, email, units, trackingNumber: sent.trackingNumber })
    }
    case 'refunded': {
      const refund = (await findRefundsOfOrders(db, [job.orderId])).find(({ id }) => id === job.refundId)!
      return orderRefunded({ id: refund.id, number, email, amount: refund.amount })
    }
  }
}

function confirmation(order: Order, email: string, lines: readonly OrderLine[]): Mail {
  const { id, number, subtotal, shipping, shippingMethod, tax, total } = order
  return orderConfirmation({
    id,
    number,
    email,
    lines: lines.map((line) => ({ ...line, lineTotal: lineTotal(line) })),
    subtotal,
    shippingMethod: shippingMethod ?? '',
    shipping,
    tax: tax && { name: tax.taxRate.name, amount: tax.amount, isIncluded: tax.taxRate.included },
    total,
  })
}

const lineTotal = ({ unitPrice, quantity }: OrderLine): Money => multiply(unitPrice, quantity)
