import type { GraphQLFormattedError } from 'graphql'

/**
 * Where the error is in the client's answer. @apollo/gateway gives an error of all entities of a fetch the path of the fetch,
 * '@' and `_entities` in it, which is nothing in the client's answer: then it has no path.
 */
function pathOf({ path }: GraphQLFormattedError): GraphQLFormattedError['path'] {
  return path?.at(-1) === '_entities' ? undefined : path
}

export interface ComparedError {
  readonly error: GraphQLFormattedError
  /** Whether the error belongs where its path says; undefined where nobody can tell. */
  readonly isTrue: boolean | undefined
}

/** Ours for what fits no schema; @apollo/gateway says it in `extensions.valueCompletion`, which is not compared. */
const malformed = 'SUBGRAPH_MALFORMED_RESPONSE'

/** What is different between the errors of @apollo/gateway and ours; nothing when they say the same. */
export function errorDifferences(stock: readonly ComparedError[], ours: readonly ComparedError[]): string[] {
  const [theirs, mine] = [Map.groupBy(stock, kindOf), Map.groupBy(ours.filter(isCompared), kindOf)]
  const kinds = new Set([...theirs.keys(), ...mine.keys()])
  return [...kinds].flatMap((kind) => differencesOfKind(kind, theirs.get(kind) ?? [], mine.get(kind) ?? []))
}

function isCompared({ error }: ComparedError): boolean {
  return error.extensions?.['code'] !== malformed
}

/** All but the path. */
function kindOf({ error }: ComparedError): string {
  const { message, extensions = {} } = error
  // A subgraph that cannot be reached is no GraphQL error to @apollo/gateway: it has neither code nor service.
  if (message.endsWith('cannot be reached')) return message
  const service = extensions['service'] ?? extensions['serviceName']
  return `${message} ${String(extensions['code'])} ${String(service)} ${pathOf(error) ? 'somewhere' : 'nowhere'}`
}

function differencesOfKind(kind: string, stock: readonly ComparedError[], ours: readonly ComparedError[]): string[] {
  const isPathless = [...stock, ...ours].every(({ error }) => !pathOf(error))
  if (isPathless) {
    // Of fetches that go as one request, one error is enough: there was one failure.
    const isBoth = stock.length > 0 && ours.length > 0 && ours.length <= stock.length
    return isBoth ? [] : [`${kind}: ${String(stock.length)} times in stock, ${String(ours.length)} in ours`]
  }
  const differences = stock.length === ours.length ? [] : [`${kind}: stock ${paths(stock)}, ours ${paths(ours)}`]
  const left = ours.map(({ error, isTrue }) => ({ path: JSON.stringify(error.path), isTrue }))
  for (const { error, isTrue } of stock) {
    const exact = left.findIndex(({ path }) => path === JSON.stringify(error.path))
    // What is required of a field and failed makes other lists than the monolith has; there only the shape is known.
    const isOfShape = (path: string) =>
      isTrue === undefined && withoutIndexes(path) === withoutIndexes(JSON.stringify(error.path))
    const index = exact === -1 ? left.findIndex(({ path }) => path !== undefined && isOfShape(path)) : exact
    if (index !== -1) left.splice(index, 1)
    // @apollo/gateway counts the entities that it sent, and looks them up among all that there are: where it skipped
    // some, its paths are of others. Such paths are not asked of ours, but something that is true then.
    else if (isTrue !== false)
      differences.push(`${kind}: not in ours at ${JSON.stringify(error.path)} but ${paths(ours)}`)
  }
  const untrue = left.filter((one) => one.isTrue === false)
  if (untrue.length > 0) differences.push(`${kind}: ours at the wrong place ${paths(ours)}, stock ${paths(stock)}`)
  return differences
}

const withoutIndexes = (path: string | undefined) => path?.replaceAll(/([[,])\d+/g, '$1')

function paths(errors: readonly ComparedError[]): string {
  return errors.map(({ error }) => JSON.stringify(error.path)).join(' ')
}
