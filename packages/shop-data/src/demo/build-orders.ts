import type { OrderRecord } from '@cartograph/contracts'
import { seededRandom, type Random } from '../seeded-random.ts'
import { stableUuid } from '../stable-uuid.ts'
import { HOUR, instant, MINUTE } from './calendar.ts'
import type { Visit } from './plan-visits.ts'

const FIRST_NUMBER = 100_001
const ID_EPOCH = Date.UTC(2010, 11, 1)

/**
 * The orders of the visits, numbered in the order of time. About 3 % are cancelled; the others are fulfilled one to
 * three days later, unless that is still to come at the start of today.
 */
export function* buildOrders(visits: readonly Visit[], seed: number, today: number): Generator<OrderRecord> {
  const random = seededRandom(seed, 'orders')
  for (const [index, visit] of visits.entries()) {
    const number = `D-${FIRST_NUMBER + index}`
    // Ids sort like the numbers and yet do not move with `now`, so that loading on another day writes the same rows.
    const idTime = new Date(ID_EPOCH + index * MINUTE)
    yield {
      kind: 'order',
      id: stableUuid('demo-shop/order', number, idTime),
      number,
      customerId: visit.customer.record.id,
      placedAt: instant(visit.at),
      ...outcome(visit.at, today, random),
      currencyCode: 'GBP',
      lines: visit.basket.map(({ record, type }, position) => {
        const variant = random.pick(record.variants)
        return {
          id: stableUuid('demo-shop/order-line', `${number}/${position}`, idTime),
          variantId: variant.id,
          productId: record.id,
          sku: variant.sku,
          title: record.variants.length === 1 ? record.title : `${record.title}, ${variant.title}`,
          quantity: type.lasts === undefined ? random.pick([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]) : random.between(1, 3),
          unitPrice: variant.price,
        }
      }),
    }
  }
}

function outcome(at: number, today: number, random: Random): Pick<OrderRecord, 'fulfilledAt' | 'cancelledAt'> {
  const cancelled = random.next() < 0.03
  const hours = cancelled ? random.between(1, 20) : random.between(24, 72)
  const later = at + hours * HOUR
  const when = later < today ? instant(later) : null
  return cancelled ? { fulfilledAt: null, cancelledAt: when } : { fulfilledAt: when, cancelledAt: null }
}
