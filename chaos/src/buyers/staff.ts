import { setTimeout as pause } from 'node:timers/promises'
import { toGlobalId } from '@cartograph/global-ids'
import { unsoldProductId, unsoldVariant, variants } from '../shop/shop-records.ts'
import { serveOrder } from './after-sale.ts'
import type { Client } from './client.ts'

/** A second place for a third of the variants, so that orders are served from two. */
export async function receiveMore(staff: Client): Promise<void> {
  const { stockLocationCreate } = await staff.ask<{ stockLocationCreate: { stockLocation: { id: string } } }>(
    'stockLocationCreate',
    {},
  )
  const received = variants.filter((_, index) => index % 3 === 1)
  await Promise.all(
    received.map(({ id }) =>
      staff.ask('stockAdjust', {
        variantId: toGlobalId('ProductVariant', id),
        locationId: stockLocationCreate.stockLocation.id,
        delta: 1_000,
        reason: 'RECEIPT',
        idempotencyKey: `second-${id}`,
      }),
    ),
  )
}

/** Changes a price, again and again. */
export async function changePrices(staff: Client): Promise<void> {
  const { market, random } = staff
  while (Date.now() < market.closesAt) {
    const { id, currencyCode } = random.pick(variants)
    const price = { amount: (random.between(99, 9_999) / 100).toFixed(2), currencyCode }
    await staff.ask('variantPriceSet', { variantId: toGlobalId('ProductVariant', id), price })
    await pause(random.between(300, 900))
  }
}

/** Edits a product and lets a variant that nobody buys run low, again and again, so that others hear of it. */
export async function changeCatalogue(staff: Client): Promise<void> {
  const { market, random } = staff
  const { stockLocations } = await staff.ask<{ stockLocations: { id: string }[] }>('stockLocations', {})
  const variantId = toGlobalId('ProductVariant', unsoldVariant.id)
  for (let round = 1; Date.now() < market.closesAt; round++) {
    await staff.ask('productTitleSet', { productId: toGlobalId('Product', unsoldProductId), title: `Edited ${round}` })
    for (const delta of [10, -10]) {
      const move = { variantId, locationId: stockLocations[0]!.id, delta, idempotencyKey: `low-${round}-${delta}` }
      await staff.ask('stockAdjust', move)
    }
    await pause(random.between(200, 500))
  }
}

/** Serves the orders that are laid before them, until there are no more to come. */
export async function serveOrders(staff: Client, orders: string[], areMoreToCome: () => boolean): Promise<void> {
  for (;;) {
    const orderId = orders.shift()
    if (orderId !== undefined) await serveOrder(staff, orderId)
    else if (areMoreToCome()) await pause(50)
    else return
  }
}
