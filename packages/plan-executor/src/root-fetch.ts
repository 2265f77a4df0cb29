import { type GraphQLSchema, OperationTypeNode } from 'graphql'
import { copyOf, mergeInto } from './data.ts'
import { type EntityPlace, unifyDuplicates } from './duplicates.ts'
import type { Execution } from './execution.ts'
import type { PlacedFetch } from './placed-fetches.ts'
import { objectsAt } from './places.ts'
import { rewrite } from './rewrites.ts'
import { bodyStart, variablesText } from './request-body.ts'

/** A fetch that needs nothing of what was fetched before: of root fields, also where a type below has them. */
export function rootFetch(schema: GraphQLSchema, { node, path }: PlacedFetch, entityPlaces: readonly EntityPlace[]) {
  const { serviceName: service, variableUsages = [], outputRewrites = [] } = node
  const start = bodyStart(node.operation)
  const constant = `${start}}}`
  const isQuery = node.operationKind === OperationTypeNode.QUERY
  const prefix = path.includes('@') ? null : path

  return async (execution: Execution): Promise<void> => {
    if (path.length > 0 && objectsAt([execution.data], path).length === 0) return
    const variables = variablesText(variableUsages, execution)
    const body = variables === '' ? constant : `${start}${variables.slice(0, -1)}}}`
    const answer = await execution.send({ service, body, isQuery, paths: [path], entities: 0 })
    for (const error of answer.errors ?? [])
      execution.fail(service, error, error.path && prefix ? [...prefix, ...error.path] : undefined)
    if (!answer.data) return
    execution.dataChanged()
    rewrite(schema, outputRewrites, answer.data)
    unifyDuplicates([answer.data], entityPlaces, execution.shared)
    objectsAt([execution.data], path).forEach((object, index) =>
      mergeInto(object, index === 0 ? answer.data! : copyOf(answer.data!)),
    )
  }
}
