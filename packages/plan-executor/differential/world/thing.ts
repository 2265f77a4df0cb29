/** An object of the world. Its id says what it is in every subgraph, whichever of its keys that subgraph knows. */
export interface Thing {
  /** The concrete type, also where a subgraph knows an interface object in its place. */
  readonly type: string
  readonly id: string
  /** Which one of its family; of an object within a key, which one it identifies. */
  readonly number?: number
  /** The representation it was looked up by, with what its fields require. */
  readonly given?: Readonly<Record<string, unknown>>
}

export function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && 'type' in value && 'id' in value && !Array.isArray(value)
}
