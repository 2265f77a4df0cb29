import { type GraphQLSchema, parse, validate } from 'graphql'
import type { Client } from './client.ts'
import { coordinatesIn } from './coordinates.ts'

/** An operation of a client that would not run any more. */
export interface BrokenOperation {
  readonly client: string
  readonly operation: string
  /** Where it breaks, as the schema before called it; null where it was not valid before either. */
  readonly coordinate: string | null
  readonly message: string
}

/** What `next` breaks of a client's operations, which are those of `previous`. */
export function brokenOperations(client: Client, previous: GraphQLSchema, next: GraphQLSchema): BrokenOperation[] {
  return client.operations.flatMap(({ name, body }) => {
    const document = parse(body)
    const errors = validate(next, document)
    if (errors.length === 0) return []
    const coordinates = coordinatesIn(previous, document)
    return errors.map(({ nodes = [], message }) => ({
      client: client.name,
      operation: name,
      coordinate: nodes.map((node) => coordinates.get(node)).find((found) => found !== undefined) ?? null,
      message,
    }))
  })
}
