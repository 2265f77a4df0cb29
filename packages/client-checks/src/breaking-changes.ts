import { CriticalityLevel, diff } from '@graphql-inspector/core'
import type { GraphQLSchema } from 'graphql'

/** A change after which an operation that was valid may not be. */
export interface BreakingChange {
  /** A schema coordinate: `Type`, `Type.field`, `Type.field(argument:)`. */
  readonly coordinate: string
  readonly message: string
}

/** What `next` breaks of `previous`, whoever uses it. */
export async function breakingChanges(previous: GraphQLSchema, next: GraphQLSchema): Promise<BreakingChange[]> {
  const changes = await diff(previous, next)
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path = '', message }) => ({ coordinate: coordinateOf(path), message }))
}

/** The inspector writes `Query.products.first` for an argument. */
function coordinateOf(path: string): string {
  const [type, field, argument] = path.split('.')
  return argument === undefined ? path : `${type}.${field}(${argument}:)`
}
