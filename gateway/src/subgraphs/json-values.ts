const [quote, backslash, comma, openList, openObject] = [...'"\\,[{'].map((character) => character.charCodeAt(0))

/**
 * Counts the values of a JSON text that comes in pieces, by its commas and brackets outside of strings: without making any,
 * and so before they take memory. Of what is no JSON it counts something, too.
 */
export class JsonValues {
  #count = 1
  #isInString = false
  /** The piece before ended with a backslash. */
  #isEscaped = false

  get count(): number {
    return this.#count
  }

  add(piece: Uint8Array): void {
    let [count, isInString] = [this.#count, this.#isInString]
    let at = this.#isEscaped ? 1 : 0
    for (; at < piece.length; at += 1) {
      const byte = piece[at]
      if (isInString) {
        if (byte === backslash) at += 1
        else if (byte === quote) isInString = false
      } else if (byte === quote) isInString = true
      else if (byte === comma || byte === openList || byte === openObject) count += 1
    }
    this.#isEscaped = at > piece.length
    this.#count = count
    this.#isInString = isInString
  }
}
