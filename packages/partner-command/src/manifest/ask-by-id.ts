import type { PersistedOperation } from '@cartograph/persisted-operations'
import { Kind, parse, print } from 'graphql'

/** How a terminal asks for one of `operations` by its id: for one that needs no variables, where there is such a query. */
export function askById(url: string, operations: readonly PersistedOperation[]): string {
  const [first] = operations
  const easy = operations.find(({ type, body }) => type === 'query' && neededVariables(body).length === 0)
  const { id, body } = (easy ?? first)!
  const variables = Object.fromEntries(neededVariables(body).map(([name, type]) => [name, type]))
  const request = JSON.stringify({ documentId: id, ...(easy ? {} : { variables }) })
  return `curl ${url} -H 'content-type: application/json' -H 'authorization: Bearer pk_live_…' -d '${request}'`
}

/** The variables without which an operation does not run, each with its type. */
function neededVariables(body: string): (readonly [string, string])[] {
  return parse(body).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? (definition.variableDefinitions ?? [])
          .filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue)
          .map(({ variable, type }) => [variable.name.value, print(type)] as const)
      : [],
  )
}
