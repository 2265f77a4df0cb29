import type { Mail } from '@cartograph/mail'
import { type Money, toDecimal } from '@cartograph/money'
import { textTable } from './text-table.ts'

export interface MailedOrder {
  /** Of what the mail tells, such as a shipment: unique for ever among mails of its kind. */
  readonly id: string
  readonly number: string
  readonly email: string
}

export interface MailedUnits {
  readonly title: string
  readonly sku: string
  readonly quantity: number
}

export interface MailedLine extends MailedUnits {
  readonly lineTotal: Money
}

export interface ConfirmedOrder extends MailedOrder {
  readonly lines: readonly MailedLine[]
  readonly subtotal: Money
  readonly shippingMethod: string
  readonly shipping: Money
  /** Null where nothing is taxed. */
  readonly tax: { readonly name: string; readonly amount: Money; readonly isIncluded: boolean } | null
  readonly total: Money
}

export interface ShippedOrder extends MailedOrder {
  readonly units: readonly MailedUnits[]
  readonly trackingNumber: string | null
}

export interface RefundedOrder extends MailedOrder {
  readonly amount: Money
}

export interface CancelledOrder extends MailedOrder {
  readonly total: Money
}

/** What was bought and what it costs, with the subject that an inbox is searched for: the order's number. */
export function orderConfirmation(order: ConfirmedOrder): Mail {
  const { lines, subtotal, shippingMethod, shipping, tax, total } = order
  const costs = [
    ['Subtotal', show(subtotal)],
    [`Shipping (${shippingMethod})`, show(shipping)],
    ...(tax && !tax.isIncluded ? [[tax.name, show(tax.amount)]] : []),
    ['Total', show(total)],
    ...(tax?.isIncluded ? [[`${tax.name}, included`, show(tax.amount)]] : []),
  ]
  return mailOf('confirmation', order, `Order ${order.number} is confirmed`, [
    'Thank you for your order.',
    textTable(
      [...unitColumns, { align: 'right' }],
      [[...unitHeader, 'Price'], ...lines.map((line) => [...unitRow(line), show(line.lineTotal)])],
    ),
    textTable([{ align: 'left', maxWidth: 40 }, { align: 'right' }], costs),
  ])
}

/** What is on its way: some or all of the order's units. */
export function orderShipped(order: ShippedOrder): Mail {
  return mailOf('shipped', order, `Order ${order.number} is on its way`, [
    'We have sent you:',
    textTable(unitColumns, [unitHeader, ...order.units.map(unitRow)]),
    ...(order.trackingNumber ? [`Tracking number: ${order.trackingNumber}`] : []),
  ])
}

/** What is given back, of one refund. */
export function orderRefunded(order: RefundedOrder): Mail {
  return mailOf('refunded', order, `Refund for order ${order.number}`, [
    `We have given you back ${show(order.amount)}.`,
    'It goes to the means of payment that you paid with, and may take some days to arrive.',
  ])
}

/** That nothing will be sent and nothing is to pay, whether the money was held or taken. */
export function orderCancelled(order: CancelledOrder): Mail {
  return mailOf('cancelled', order, `Order ${order.number} is cancelled`, [
    `Your order of ${show(order.total)} is cancelled, and nothing of it will be sent.`,
    'You pay nothing for it: what was held on your means of payment, or taken, is yours again.',
  ])
}

const unitColumns = [{ align: 'right' }, { align: 'left', maxWidth: 36 }, { align: 'left', maxWidth: 16 }] as const
const unitHeader = ['Qty', 'Item', 'SKU']
const unitRow = ({ quantity, title, sku }: MailedUnits) => [String(quantity), title, sku]

const show = (amount: Money) => `${toDecimal(amount)} ${amount.currencyCode}`

function mailOf(kind: string, order: MailedOrder, subject: string, parts: readonly (string | string[])[]): Mail {
  const text = [`Order ${order.number}`, ...parts.map((part) => (typeof part === 'string' ? part : part.join('\n')))]
  return { id: `order-${kind}-${order.id}`, to: order.email, subject, text: `${text.join('\n\n')}\n` }
}
