/** The sum of a number of each item. */
export function sumOf<Item>(items: Iterable<Item>, numberOf: (item: Item) => number): number {
  let sum = 0
  for (const item of items) sum += numberOf(item)
  return sum
}

/** The sums of a number of each item, by a key. */
export function sumsBy<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string,
  numberOf: (item: Item) => number,
): Map<string, number> {
  const sums = new Map<string, number>()
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0) + numberOf(item))
  return sums
}

/** Where two maps of numbers differ; what a map has not counts as 0. */
export function differences(
  left: ReadonlyMap<string, number>,
  right: ReadonlyMap<string, number>,
): { key: string; left: number; right: number }[] {
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((key) => ({ key, left: left.get(key) ?? 0, right: right.get(key) ?? 0 }))
    .filter((each) => each.left !== each.right)
}

/** The items by a key, the last one of each. */
export const byKey = <Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Map<string, Item> =>
  new Map(Array.from(items, (item) => [keyOf(item), item]))
