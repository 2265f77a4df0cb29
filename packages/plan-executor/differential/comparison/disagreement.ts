import type { Answer } from '../executors/executor.ts'
import type { MonolithAnswer } from '../executors/monolith.ts'
import type { OperationRequest } from '../operations/write-operation.ts'

export interface Answers {
  readonly stock: Answer | undefined
  readonly ours: Answer
  readonly model: MonolithAnswer
}

/** Two executors that do not agree, with all that is needed to see it again. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement'

  constructor(
    supergraph: string,
    { query, operationName, variables }: OperationRequest,
    faultSeed: number,
    differences: readonly string[],
    { stock, ours, model }: Answers,
  ) {
    super(
      [
        `${supergraph}, fault seed ${String(faultSeed)}`,
        ...differences,
        query,
        `operation ${String(operationName)}, variables ${JSON.stringify(variables)}`,
        `stock    ${JSON.stringify(stock)}`,
        `ours     ${JSON.stringify(ours)}`,
        `monolith ${JSON.stringify(model.data)}`,
      ].join('\n'),
    )
  }
}
