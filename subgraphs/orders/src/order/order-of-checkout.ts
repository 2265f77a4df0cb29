import type { Checkout } from '../checkout/checkout.ts'
import { Prisma } from '../database.ts'
import { eventMessages } from './order-event.ts'
import { newOrderNumber } from './order-number.ts'

export interface OrderToPlace {
  /** With its purchase, and authorised. */
  readonly checkout: Checkout
  readonly orderId: string
  readonly placedAt: Date
  /** The payment provider's name. */
  readonly provider: string
}

/**
 * CTEs that write an order as its checkout has fixed it, with its lines, its payment and the first event, if the
 * checkout has `moved`.
 */
export function orderOfCheckout({ checkout, orderId, placedAt, provider }: OrderToPlace): Prisma.Sql {
  const { purchase, request, customerId, guestTokenHash, paymentId } = checkout
  const { lines, currencyCode, subtotal, shipping, tax, taxRate, total, shippingMethod } = purchase!
  const at = placedAt.toISOString()
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  return Prisma.sql`placed as (
      insert into customer_order (id, number, customer_id, guest_token_hash, checkout_id, email, shipping_address,
        shipping_method, currency_code, subtotal, shipping, tax, tax_name, tax_rate, tax_included, total, units, placed_at)
      select ${orderId}::uuid, ${newOrderNumber()}, ${customerId}::uuid, ${guestTokenHash}::bytea, ${checkout.id}::uuid,
        ${request.email}, ${JSON.stringify(request.shippingAddress)}::jsonb, ${shippingMethod},
        ${currencyCode}::"CurrencyCode", ${subtotal}::bigint, ${shipping}::bigint, ${tax}::bigint,
        ${taxRate?.name ?? null}, ${taxRate?.rate ?? 0}::int, ${taxRate?.included ?? true}::boolean, ${total}::bigint,
        ${units}::int, ${at}::timestamptz
      from moved
      returning id
    ), paid as (
      insert into payment (order_id, provider, reference, amount, authorized_at)
      select id, ${provider}, ${paymentId}::text, ${total}::bigint, ${at}::timestamptz from placed
      where ${paymentId}::text is not null
    ), happened as (
      insert into order_event (order_id, type, at, message)
      select id, 'PLACED', ${at}::timestamptz, ${eventMessages.PLACED} from placed
    ), bought as (
      insert into order_line (order_id, position, variant_id, product_id, sku, title, quantity, unit_price)
    select placed.id, l.* from placed, unnest(
      ${lines.map((_, position) => position)}::int[], ${lines.map(({ variantId }) => variantId)}::uuid[],
      ${lines.map(({ productId }) => productId)}::uuid[], ${lines.map(({ sku }) => sku)}::text[],
      ${lines.map(({ title }) => title)}::text[], ${lines.map(({ quantity }) => quantity)}::int[],
      ${lines.map(({ unitPrice }) => unitPrice)}::bigint[]) as l
    )`
}
