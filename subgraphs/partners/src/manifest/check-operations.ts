import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PartnerApi } from '@cartograph/partner-api'
import { type InvalidOperation, invalidOperation } from './invalid-operation.ts'
import type { ReadOperations } from './submitted-operation.ts'

/** Each takes about a millisecond; others are to be answered meanwhile. */
const operationsAtOnce = 10

/** Operations that can be published, or why they cannot. */
export interface CheckedOperations {
  readonly problems: readonly InvalidOperation[]
  /** What each costs, by its id. */
  readonly costs: ReadonlyMap<string, number>
}

/** Asks of each operation whether a partner with these scopes may use it, and what it costs. */
export async function checkOperations(
  api: PartnerApi,
  operations: ReadOperations['read'],
  scopes: readonly string[],
): Promise<CheckedOperations> {
  const problems: InvalidOperation[] = []
  const costs = new Map<string, number>()
  for (const [index, operation] of operations.entries()) {
    if (index % operationsAtOnce === 0) await nextTurn()
    const found = api.problemsOf(operation.body, scopes)
    problems.push(...found.map((problem) => invalidOperation(operation, problem)))
    if (found.length === 0) costs.set(operation.id, api.costOf(operation.body))
  }
  return { problems, costs }
}
