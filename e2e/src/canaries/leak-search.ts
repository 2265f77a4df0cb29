/** Somebody whose private facts hold markers that occur nowhere else. */
export interface Marked {
  readonly name: string
  /** Grows: what somebody is given while the load runs is theirs too. */
  readonly markers: Set<string>
}

export interface Leak {
  readonly asker: string
  readonly operation: string
  /** Whose marker was in the answer. */
  readonly of: string
  readonly marker: string
}

/** Searches the raw text of answers for what belongs to somebody else. */
export class LeakSearch {
  readonly #marked: readonly Marked[]
  readonly leaks: Leak[] = []
  searched = 0

  constructor(marked: readonly Marked[]) {
    this.#marked = marked
  }

  /** Notes each marker of anybody but `asker` in an answer to them; of a guest, who has none, `asker` is no Marked. */
  search(asker: string, operation: string, text: string): void {
    this.searched += 1
    const searchable = text.toLowerCase()
    for (const { name, markers } of this.#marked) {
      if (name === asker) continue
      for (const marker of markers)
        if (searchable.includes(marker.toLowerCase())) this.leaks.push({ asker, operation, of: name, marker })
    }
  }
}
