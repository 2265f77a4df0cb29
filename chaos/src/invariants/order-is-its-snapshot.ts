import { byKey, sumsBy } from './group.ts'
import type { Invariant } from './rows.ts'

/** An order costs what its lines, its shipping and its tax do, and what its checkout had fixed before it was paid. */
export const orderIsItsSnapshot: Invariant = ({ orders, orderLines, checkouts }) => {
  const goods = sumsBy(
    orderLines,
    ({ orderId }) => orderId,
    ({ quantity, unitPrice }) => quantity * unitPrice,
  )
  const checkoutOf = byKey(checkouts, ({ id }) => id)
  return orders.flatMap((order) => {
    const { id, checkoutId, subtotal, shipping, tax, taxIncluded, total } = order
    const sum = (goods.get(id) ?? 0) + shipping + (taxIncluded ? 0 : tax)
    const fixed = checkoutOf.get(checkoutId ?? '')?.total
    return [
      ...(subtotal === goods.get(id) ? [] : [`the lines of order ${id} come to ${goods.get(id)}, not to ${subtotal}`]),
      ...(total === sum ? [] : [`order ${id} costs ${total}, and its parts come to ${sum}`]),
      ...(total === fixed ? [] : [`order ${id} costs ${total}, and its checkout ${checkoutId} had fixed ${fixed}`]),
    ]
  })
}
