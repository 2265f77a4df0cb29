import { getOperationAST, type GraphQLFormattedError, type GraphQLSchema, parse, validate } from 'graphql'
import { compiledGateway } from '../executors/compiled.ts'
import { type Answer, executorOf, type Executor, type ParsedOperation } from '../executors/executor.ts'
import { monolithAnswer, type MonolithAnswer } from '../executors/monolith.ts'
import { correctedGateway } from '../executors/stock.ts'
import { type FaultRates, Faults, noFaults } from '../faults/faults.ts'
import { refusalMessage } from '../faults/subgraph-answer.ts'
import type { OperationRequest } from '../operations/write-operation.ts'
import { canonical } from '../world/hash.ts'
import { supergraph, type Supergraph, type SupergraphSources } from '../world/supergraph.ts'
import { errorDifferences } from './compare-errors.ts'
import { Disagreement } from './disagreement.ts'
import { isTrueOf } from './error-truth.ts'
import { outOfOrder } from './key-order.ts'
import { type Oracle, oracles } from './oracles.ts'

/**
 * What came of an operation. `agreed`: equal answers, and without faults those of the monolith. The others are no answers
 * to compare: the document is not valid; the planner refuses the operation; the plan is wrong, as it asks a subgraph for
 * what its schema does not allow or as the same operation, written in another way, shows; @apollo/gateway always fails.
 */
export type Outcome = 'agreed' | 'invalid' | 'unplannable' | 'badly planned' | 'given up'

/** One supergraph with both gateways over it. */
export class Trial {
  readonly schema: GraphQLSchema
  readonly #supergraph: Supergraph
  readonly #stock: Executor
  readonly #ours: Executor

  private constructor(graph: Supergraph, schema: GraphQLSchema, stock: Executor, ours: Executor) {
    this.schema = schema
    this.#supergraph = graph
    this.#stock = stock
    this.#ours = ours
  }

  static async of(sources: SupergraphSources): Promise<Trial> {
    const graph = supergraph(sources)
    const [stock, ours] = [await correctedGateway(graph).load(), await compiledGateway(graph).load()]
    return new Trial(graph, stock.schema, executorOf(stock), executorOf(ours))
  }

  /** Executes an operation by both and compares. Throws a Disagreement that tells everything about it. */
  async run(request: OperationRequest, seed: number, rates: FaultRates): Promise<Outcome> {
    const document = parse(request.query, { noLocation: true })
    const operation = getOperationAST(document, request.operationName)
    if (!operation || validate(this.schema, document).length > 0) return 'invalid'
    const parsed = { ...request, document, operation }
    const faults = new Faults(seed, rates)
    const mutations: string[] = []
    const answer = await this.#ours.execute(parsed, { faults, mutations })
    const model = await monolithAnswer(this.schema, this.#supergraph.world, parsed)
    const ours = { answer, mutations }
    if (rates === noFaults && isExactly(answer, model)) return 'agreed'

    let first: Oracle | undefined
    let differences: readonly string[] = []
    let hasGivenUp = false
    for await (const oracle of oracles(this.#stock, this.schema, parsed, faults)) {
      if (!first && oracle.answer.thrown !== undefined && oracle.answer.thrown === answer.thrown) return 'unplannable'
      if (!first && this.#wasRefused(oracle.answer)) return 'badly planned'
      const isSilent = faults.areLies && oracle.answer.data === undefined
      const found = isSilent ? [] : this.#differences(ours, oracle, faults, model)
      hasGivenUp = isSilent
      if (!first) differences = found
      first ??= oracle
      if (!isSilent && found.length === 0) return this.#judged({ parsed, seed, rates, ours, first: oracle, model })
    }
    if (hasGivenUp && answer.thrown === undefined) return 'given up'
    throw new Disagreement(this.#supergraph.name, parsed, seed, differences, {
      stock: first?.answer,
      ours: answer,
      model,
    })
  }

  /** Ours is as @apollo/gateway has it. Without faults that must be right, unless both have a wrong plan. */
  async #judged({ parsed, seed, rates, ours: { answer }, first, model }: Judged): Promise<Outcome> {
    if (rates !== noFaults) return 'agreed'
    const isRight = canonical(answer.data) === canonical(model.data)
    const wrong = isRight ? outOfOrder(answer.data, model.data) : ['not what the monolith says']
    if (wrong.length === 0) return 'agreed'
    if (!isRight) {
      for await (const other of oracles(this.#stock, this.schema, parsed, new Faults(seed, noFaults))) {
        if (canonical(other.answer.data) === canonical(model.data)) return 'badly planned'
      }
    }
    throw new Disagreement(this.#supergraph.name, parsed, seed, wrong, { stock: first.answer, ours: answer, model })
  }

  #differences(ours: Oracle, stock: Oracle, faults: Faults, model: MonolithAnswer): string[] {
    if (ours.answer.thrown !== undefined || stock.answer.thrown !== undefined) {
      return [`ours threw ${String(ours.answer.thrown)}, stock ${String(stock.answer.thrown)}`]
    }
    const told = (errors: readonly GraphQLFormattedError[] = []) =>
      errors.map((error) => ({ error, isTrue: isTrueOf(error, faults, model) }))
    return [
      ...(canonical(ours.answer.data) === canonical(stock.answer.data) ? [] : ['data']),
      ...(canonical(ours.mutations) === canonical(stock.mutations)
        ? []
        : [`mutations ${canonical([ours.mutations, stock.mutations])}`]),
      ...errorDifferences(told(stock.answer.errors), told(ours.answer.errors)),
    ]
  }

  #wasRefused({ errors = [] }: Answer): boolean {
    const services = [...this.#supergraph.subgraphs.keys()]
    return errors.some(({ message }) => services.some((service) => message === refusalMessage(service)))
  }
}

interface Judged {
  readonly parsed: ParsedOperation
  readonly seed: number
  readonly rates: FaultRates
  readonly ours: Oracle
  readonly first: Oracle
  readonly model: MonolithAnswer
}

function isExactly({ data, errors, thrown }: Answer, model: MonolithAnswer): boolean {
  return thrown === undefined && !errors && JSON.stringify(data) === JSON.stringify(model.data)
}
