import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PartnerApi } from '@cartograph/partner-api'
import { type InvalidOperation, invalidOperation } from './invalid-operation.ts'
import type { ReadOperations } from './submitted-operation.ts'

/** Each takes about a millisecond; others are to be answered meanwhile. */
const operationsAtOnce = 10

/** Why operations cannot be published by a partner with these scopes; empty when all of them can. */
export async function checkOperations(
  api: PartnerApi,
  operations: ReadOperations['read'],
  scopes: readonly string[],
): Promise<InvalidOperation[]> {
  const problems: InvalidOperation[] = []
  for (const [index, operation] of operations.entries()) {
    if (index % operationsAtOnce === 0) await nextTurn()
    problems.push(
      ...api.problemsOf(operation.body, scopes).map((problem) => invalidOperation(operation, problem)),
    )
  }
  return problems
}
