import type { FetchNode } from '@apollo/query-planner'
import { Batch } from './batch.ts'
import type { EntityFetch } from './entity-fetch.ts'
import type { Execution } from './execution.ts'
import { entitiesKey, mergedOperation, representationsVariable, withoutName } from './merged-operation.ts'
import type { WantedEntity } from './representation.ts'
import { bodyStart, variablesText } from './request-body.ts'
import type { SubgraphAnswer } from './subgraph-transport.ts'

/** A fetch whose time has come, with the entities that it wants: not none. */
export interface ReadyFetch {
  readonly node: FetchNode
  readonly fetch: EntityFetch
  readonly wanted: readonly WantedEntity[]
}

interface OperationToSend {
  readonly index: number
  readonly batch: Batch
}

/** Sends what the fetches of one subgraph that belong to a group want, in one request for any number of them. */
export class EntityRequests {
  readonly #service: string
  /** Without their names: what two fetches ask in the same words is asked once. */
  readonly #operations: readonly string[]
  readonly #operationOf: ReadonlyMap<FetchNode, number>
  readonly #variables: ReadonlySet<string>
  /** The beginnings of bodies, by the operations that are in them. */
  readonly #starts = new Map<string, string>()

  constructor(nodes: readonly FetchNode[]) {
    const texts = nodes.map((node) => withoutName(node.operation))
    this.#service = nodes[0]!.serviceName
    this.#operations = [...new Set(texts)]
    this.#operationOf = new Map(nodes.map((node, index) => [node, this.#operations.indexOf(texts[index]!)]))
    this.#variables = new Set(nodes.flatMap(({ variableUsages = [] }) => variableUsages))
  }

  /** Resolves when the answer has been merged into the data, or what failed noted; never rejects. */
  async send(execution: Execution, ready: readonly ReadyFetch[]): Promise<void> {
    const batches = new Map<number, Batch>()
    for (const { node, fetch, wanted } of ready) {
      const index = this.#operationOf.get(node)!
      let batch = batches.get(index)
      if (!batch) batches.set(index, (batch = new Batch()))
      batch.add(fetch, wanted)
    }
    const operations = [...batches].map(([index, batch]) => ({ index, batch }))
    const paths = ready.map(({ fetch }) => fetch.path)
    const answer = await this.#exchange(execution, operations, paths)
    // One of them failed as a whole and took the others with it, which alone would have been answered.
    if (ready.length > 1 && !answer.data && answer.errors?.some(({ path }) => path)) {
      await Promise.all(ready.map(async (one) => this.send(execution, [one])))
    } else this.#take(execution, operations, answer)
  }

  #exchange(
    execution: Execution,
    operations: readonly OperationToSend[],
    paths: readonly (readonly string[])[],
  ): Promise<SubgraphAnswer> {
    const isAlone = operations.length === 1
    const representations = operations
      .map(
        ({ index, batch }) =>
          `"${isAlone ? 'representations' : representationsVariable(index)}":[${batch.representations}]`,
      )
      .join()
    const body = `${this.#start(operations)}${variablesText(this.#variables, execution)}${representations}}}`
    const entities = operations.reduce((sum, { batch }) => sum + batch.size, 0)
    return execution.send({ service: this.#service, body, isQuery: true, paths, entities })
  }

  #start(operations: readonly OperationToSend[]): string {
    const key = operations.map(({ index }) => index).join()
    let start = this.#starts.get(key)
    if (start === undefined) {
      const texts = new Map(operations.map(({ index }) => [index, this.#operations[index]!]))
      start = bodyStart(texts.size === 1 ? texts.get(operations[0]!.index)! : mergedOperation(texts))
      this.#starts.set(key, start)
    }
    return start
  }

  #take(execution: Execution, operations: readonly OperationToSend[], { data, errors = [] }: SubgraphAnswer): void {
    const isAlone = operations.length === 1
    const keyOf = ({ index }: OperationToSend) => (isAlone ? '_entities' : entitiesKey(index))
    for (const error of errors) {
      const failed = operations.find((operation) => keyOf(operation) === error.path?.[0])
      if (failed) failed.batch.fail(execution, this.#service, error)
      else execution.fail(this.#service, error)
    }
    if (!data) return
    execution.dataChanged()
    for (const operation of operations) operation.batch.take(execution, this.#service, data[keyOf(operation)])
  }
}
