import { money } from '@cartograph/money'
import { describe, expect, test } from 'vitest'
import { orderCancelled, orderConfirmation, orderRefunded, orderShipped } from '../../src/mail/order-mails.ts'

const gbp = (minorUnits: number) => money(minorUnits, 'GBP')
const order = { id: '019a', number: 'C-1001', email: 'jane@example.com' }
const lines = [
  { title: 'White hanging heart T-light holder', sku: '85123A', quantity: 6, lineTotal: gbp(1530) },
  {
    title: 'Cream cupid hearts coat hanger with a very long name',
    sku: '84406B',
    quantity: 12,
    lineTotal: gbp(103300),
  },
]
const confirmed = {
  ...order,
  lines,
  subtotal: gbp(104830),
  shippingMethod: 'Standard',
  shipping: gbp(495),
  tax: { name: 'VAT 20 %', amount: gbp(17554), isIncluded: true },
  total: gbp(105325),
}

describe('order mails', () => {
  test('a confirmation, with the tax that prices hold', () => {
    expect(orderConfirmation(confirmed)).toEqual({
      id: 'order-confirmation-019a',
      to: 'jane@example.com',
      subject: 'Order C-1001 is confirmed',
      text: `Order C-1001

Thank you for your order.

Qty  Item                                 SKU           Price
  6  White hanging heart T-light holder   85123A    15.30 GBP
 12  Cream cupid hearts coat hanger with  84406B  1033.00 GBP
     a very long name

Subtotal             1048.30 GBP
Shipping (Standard)     4.95 GBP
Total                1053.25 GBP
VAT 20 %, included    175.54 GBP
`,
    })
  })

  test('a confirmation, with tax on top of the prices, and without any', () => {
    const tax = { name: 'Sales tax', amount: gbp(8426), isIncluded: false }
    expect(orderConfirmation({ ...confirmed, tax, total: gbp(113751) }).text).toContain(`
Subtotal             1048.30 GBP
Shipping (Standard)     4.95 GBP
Sales tax              84.26 GBP
Total                1137.51 GBP
`)
    expect(orderConfirmation({ ...confirmed, tax: null }).text).toMatch(/Total {16}1053\.25 GBP\n$/)
  })

  test('a shipment, with and without a tracking number', () => {
    const shipped = { ...order, id: '019b', units: lines.slice(0, 1), trackingNumber: 'RM123456789GB' }
    expect(orderShipped(shipped)).toEqual({
      id: 'order-shipped-019b',
      to: 'jane@example.com',
      subject: 'Order C-1001 is on its way',
      text: `Order C-1001

We have sent you:

Qty  Item                                SKU
  6  White hanging heart T-light holder  85123A

Tracking number: RM123456789GB
`,
    })
    expect(orderShipped({ ...shipped, trackingNumber: null }).text).not.toContain('Tracking')
  })

  test('a refund', () => {
    expect(orderRefunded({ ...order, id: '019c', amount: money(5, 'EUR') })).toEqual({
      id: 'order-refunded-019c',
      to: 'jane@example.com',
      subject: 'Refund for order C-1001',
      text: `Order C-1001

We have given you back 0.05 EUR.

It goes to the means of payment that you paid with, and may take some days to arrive.
`,
    })
  })

  test('a cancellation', () => {
    expect(orderCancelled({ ...order, total: gbp(105325) })).toEqual({
      id: 'order-cancelled-019a',
      to: 'jane@example.com',
      subject: 'Order C-1001 is cancelled',
      text: `Order C-1001

Your order of 1053.25 GBP is cancelled, and nothing of it will be sent.

You pay nothing for it: what was held on your means of payment, or taken, is yours again.
`,
    })
  })

  test('no line of a table is longer than a mail should be', () => {
    const title = 'Ünïcode '.repeat(20)
    const sku = 'S'.repeat(64)
    const { text } = orderConfirmation({
      ...confirmed,
      lines: [{ ...lines[0]!, title, sku, lineTotal: gbp(9_999_999_99) }],
    })
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(78)
  })
})
