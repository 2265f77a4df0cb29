/**
 * The items with the greatest scores of all that are offered, at most `most`: the greatest first, equal scores by the
 * lower item. NaN and -Infinity are never among them. Takes little more than one comparison for each that is offered.
 */
export class TopItems {
  readonly #most: number
  readonly #items: Uint32Array
  readonly #scores: Float64Array
  #count = 0

  constructor(most: number) {
    this.#most = most
    this.#items = new Uint32Array(most)
    this.#scores = new Float64Array(most)
  }

  offer(item: number, score: number): void {
    if (!(score > Number.NEGATIVE_INFINITY)) return
    let place = this.#count
    if (place === this.#most && (place === 0 || !this.#isBefore(item, score, place - 1))) return
    if (place < this.#most) this.#count++
    else place--
    while (place > 0 && this.#isBefore(item, score, place - 1)) {
      this.#items[place] = this.#items[place - 1]!
      this.#scores[place] = this.#scores[place - 1]!
      place--
    }
    this.#items[place] = item
    this.#scores[place] = score
  }

  get items(): Uint32Array {
    return this.#items.slice(0, this.#count)
  }

  get scores(): Float64Array {
    return this.#scores.slice(0, this.#count)
  }

  clear(): void {
    this.#count = 0
  }

  #isBefore(item: number, score: number, place: number): boolean {
    const other = this.#scores[place]!
    return score > other || (score === other && item < this.#items[place]!)
  }
}
