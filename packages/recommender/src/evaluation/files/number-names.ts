/** Names and their numbers. */
export interface NumberedNames {
  /** By number. */
  readonly names: readonly string[]
  readonly numberOf: ReadonlyMap<string, number>
}

/** Numbers names from 0 in the order of their code points, so that the order of a file has no say. */
export function numberNames(names: Iterable<string>): NumberedNames {
  // UTF-8 sorts as code points do; the units of a string do not.
  const sorted = Array.from(new Set(names), (name) => ({ name, bytes: Buffer.from(name) }))
    .sort((one, other) => Buffer.compare(one.bytes, other.bytes))
    .map(({ name }) => name)
  return { names: sorted, numberOf: new Map(sorted.entries().map(([number, name]) => [name, number])) }
}
