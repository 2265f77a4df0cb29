/** A number of 32 bits that is the same for the same text on every machine, and looks random. */
export function hash(text: string): number {
  let mixed = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193)
  }
  // The finisher of MurmurHash3: without it the low bits of similar texts are alike.
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** One of the elements, chosen by the text alone. */
export function chosen<T>(text: string, from: readonly T[]): T {
  const element = from[hash(text) % from.length]
  if (element === undefined) throw new Error(`There is nothing to choose from for ${text}`)
  return element
}

/** The same text for equal values: a subgraph may coerce the fields of an input object in another order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
