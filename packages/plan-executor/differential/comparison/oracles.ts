import { getVariableValues, type GraphQLSchema } from 'graphql'
import type { Answer, Executor, ParsedOperation } from '../executors/executor.ts'
import type { Faults } from '../faults/faults.ts'
import { perType, withoutConditions, withoutFillers, withoutFragments } from '../operations/equivalent-operations.ts'

/** An answer that ours may be equal to, and the mutations that it took. */
export interface Oracle {
  readonly answer: Answer
  readonly mutations: readonly string[]
}

/**
 * What @apollo/gateway answers to the operation, and where that is not what ours does, to the operation written in other
 * ways that mean the same: it loses fragments within fragments whose types it knows beforehand, and what fields require
 * where others are conditional; and it takes null for a field that the interface lets be null and the object's type does
 * not. Where subgraphs lie, also what it answers when they say null instead: it may fail altogether, or take a list for an
 * object without fields.
 */
export async function* oracles(
  stock: Executor,
  schema: GraphQLSchema,
  parsed: ParsedOperation,
  faults: Faults,
): AsyncGenerator<Oracle> {
  const { coerced = {} } = getVariableValues(schema, parsed.operation.variableDefinitions ?? [], parsed.variables)
  const weathers = faults.areLies ? [faults, faults.withNullForLies()] : [faults]
  const written = [
    () => parsed,
    () => withoutFragments(schema, parsed),
    () => perType(schema, parsed),
    () => withoutConditions(parsed, coerced),
    () => withoutConditions(perType(schema, parsed), coerced),
  ]
  for (const write of written) {
    const operation = write()
    for (const weather of weathers) {
      const mutations: string[] = []
      const answer = await stock.execute(operation, { faults: weather, mutations })
      yield { answer: { ...answer, data: withoutFillers(answer.data) }, mutations }
    }
  }
}
