import { LRUCache } from 'lru-cache'

/** Operations that were seen lately and are remembered by name alone. */
const mostSeen = 5_000

/**
 * What was made of operations that are asked for more than once: the ones used last, up to a total length of their texts. An
 * operation of 4 kB takes 1.3 MB of memory to keep, so that strangers who never ask the same twice must neither fill it nor
 * push out what others ask.
 */
export class OperationCache<Made extends object> {
  readonly #kept: LRUCache<string, Made>
  readonly #seen = new LRUCache<string, true>({ max: mostSeen })

  constructor(mostCharacters: number) {
    this.#kept = new LRUCache({ maxSize: mostCharacters })
  }

  get(key: string): Made | undefined {
    return this.#kept.get(key)
  }

  /** Keeps `made`, of a text of so many characters, from the second time that it is offered. */
  offer(key: string, made: Made, characters: number): void {
    if (this.#seen.has(key)) this.#kept.set(key, made, { size: Math.max(1, characters) })
    else this.#seen.set(key, true)
  }

  delete(key: string): boolean {
    return this.#kept.delete(key)
  }

  clear(): void {
    this.#kept.clear()
  }
}
