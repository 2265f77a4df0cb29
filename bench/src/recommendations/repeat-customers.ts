import type { OrderLog } from '@cartograph/recommender'

/**
 * The log of a shop with `times` as many customers: each of them so often under other names, with the same orders at the
 * same times of the same items. Customer `c` is also `c + customerCount`, `c + 2 * customerCount`, and so on.
 */
export function repeatCustomers(log: OrderLog, times: number): OrderLog {
  return {
    itemCount: log.itemCount,
    customerCount: log.customerCount * times,
    customerStarts: repeatStarts(log.customerStarts, times),
    orderStarts: repeatStarts(log.orderStarts, times),
    items: Uint32Array.from({ length: log.items.length * times }, (_, at) => log.items[at % log.items.length]!),
    placedAt: Float64Array.from(
      { length: log.placedAt.length * times },
      (_, order) => log.placedAt[order % log.placedAt.length]!,
    ),
  }
}

/** Where runs begin that stand there `times` times, one copy of all behind the other, and where the last ends. */
function repeatStarts(starts: Uint32Array, times: number): Uint32Array {
  const count = starts.length - 1
  const end = starts[count]!
  const repeated = new Uint32Array(count * times + 1)
  for (let place = 0; place < repeated.length - 1; place += 1)
    repeated[place] = Math.floor(place / count) * end + starts[place % count]!
  repeated[count * times] = end * times
  return repeated
}
