/**
 * The normalised discounted cumulative gain of the first `depth` of a list, from 0 to 1: each relevant item counts
 * 1 / log2(1 + its rank), against a list that begins with all that is relevant (Järvelin, Kekäläinen, ACM TOIS 20, 2002).
 * 0 when nothing is relevant.
 */
export function ndcg(list: Uint32Array, relevant: ReadonlySet<number>, depth: number): number {
  let gain = 0
  let ideal = 0
  for (let place = 0; place < depth; place++) {
    const discount = 1 / Math.log2(place + 2)
    if (place < relevant.size) ideal += discount
    if (place < list.length && relevant.has(list[place]!)) gain += discount
  }
  return ideal === 0 ? 0 : gain / ideal
}
