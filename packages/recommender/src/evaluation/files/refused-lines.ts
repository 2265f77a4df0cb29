/** Wrong lines that are shown one by one; the rest is counted. */
const shownLines = 10

/** The wrong lines of a file, to refuse it for all of them at once. */
export class RefusedLines {
  readonly #path: string
  readonly #shown: string[] = []
  #count = 0

  constructor(path: string) {
    this.#path = path
  }

  add(line: number, reason: string): void {
    this.#count++
    if (this.#shown.length < shownLines) this.#shown.push(`${this.#path}:${line}: ${reason}`)
  }

  /** Throws when there was any, with the file, the line and the reason of the first ten and the number of the others. */
  throwIfAny(): void {
    if (this.#count === 0) return
    const rest = this.#count > shownLines ? [`and ${(this.#count - shownLines).toLocaleString('en')} more`] : []
    throw new Error(['The file is refused:', ...this.#shown, ...rest].join('\n  '))
  }
}
