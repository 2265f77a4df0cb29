import { type DocumentNode, execute, type GraphQLSchema, parse, validate } from 'graphql'
import type { Supergraph } from '../world/supergraph.ts'
import type { Faults } from './faults.ts'
import { lie, type Lie } from './lies.ts'
import { resolveField, resolveType, type SubgraphCall } from './subgraph-resolvers.ts'

export interface SubgraphOperation {
  readonly service: string
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>> | undefined
}

export const refusalMessage = (service: string) => `${service} does not allow the request`

/**
 * The subgraph's answer as JSON text, so that every executor parses a copy of its own. Throws as a transport would for a
 * subgraph that cannot be reached.
 */
export async function subgraphAnswer(
  { subgraphs, world }: Supergraph,
  { service, query, variables }: SubgraphOperation,
  faults: Faults,
  mutations: string[],
): Promise<string> {
  const subgraph = subgraphs.get(service)
  if (!subgraph) throw new Error(`There is no subgraph ${service}`)
  const document = validDocument(subgraph.schema, query)
  if (!document)
    return JSON.stringify({ errors: [{ message: refusalMessage(service), extensions: { code: 'REFUSED' } }] })
  switch (faults.ofSubgraph(service)) {
    case 'errors':
      return JSON.stringify({ data: null, errors: [{ message: `${service} is down`, extensions: { code: 'DOWN' } }] })
    case 'throws':
      throw new Error(`${service} cannot be reached`)
    case 'no data':
      return '{}'
    case undefined:
  }
  const lies: Lie[] = []
  const call: SubgraphCall = { service, world, faults, lies, mutations }
  const { data, errors } = await execute({
    schema: subgraph.schema,
    document,
    variableValues: variables,
    contextValue: call,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  })
  const answer = JSON.parse(JSON.stringify({ data, errors: errors?.map(withoutLocations) })) as { data: unknown }
  lie(answer.data, lies, faults.isNullForLies)
  return JSON.stringify(answer)
}

/** Lines and columns in the request to the subgraph mean nothing to a client. */
function withoutLocations({ message, path, extensions }: { message: string; path?: unknown; extensions: object }) {
  return { message, path, ...(Object.keys(extensions).length > 0 && { extensions }) }
}

const documents = new WeakMap<GraphQLSchema, Map<string, DocumentNode | null>>()

/** Null for a request that the schema does not allow. */
function validDocument(schema: GraphQLSchema, query: string): DocumentNode | null {
  const known = documents.get(schema) ?? new Map<string, DocumentNode | null>()
  documents.set(schema, known)
  const found = known.get(query)
  if (found !== undefined) return found
  const document = parse(query, { noLocation: true })
  const valid = validate(schema, document).length === 0 ? document : null
  known.set(query, valid)
  return valid
}
