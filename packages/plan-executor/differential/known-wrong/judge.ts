import { getOperationAST, parse } from 'graphql'
import { compiledGateway } from '../executors/compiled.ts'
import { type Answer, executorOf } from '../executors/executor.ts'
import { monolithAnswer, type MonolithAnswer } from '../executors/monolith.ts'
import { stockGateway } from '../executors/stock.ts'
import { Faults, noFaults } from '../faults/faults.ts'
import { canonical } from '../world/hash.ts'
import { supergraph } from '../world/supergraph.ts'
import type { KnownCase, Verdict } from './known-case.ts'

/** What the stock gateway and ours make of a case, the monolith being right. */
export async function judge({
  name,
  subgraphs,
  query,
  variables = {},
}: KnownCase): Promise<Record<'stock' | 'ours', Verdict>> {
  const graph = supergraph({ name, subgraphs, depth: 0 })
  const document = parse(query)
  const operation = getOperationAST(document)
  if (!operation) throw new Error(`${name} has no operation`)
  const parsed = { query, document, operation, operationName: undefined, variables }
  const [stock, ours] = [await stockGateway(graph).load(), await compiledGateway(graph).load()]
  const model = await monolithAnswer(stock.schema, graph.world, parsed)
  const execution = () => ({ faults: new Faults(0, noFaults), mutations: [] })
  return {
    stock: verdict(await executorOf(stock).execute(parsed, execution()), model),
    ours: verdict(await executorOf(ours).execute(parsed, execution()), model),
  }
}

function verdict({ data, errors = [], thrown }: Answer, model: MonolithAnswer): Verdict {
  if (thrown !== undefined) return 'refused'
  if (errors.length > 0) return data === null || data === undefined ? 'refused' : 'wrong'
  return model.errors.length === 0 && canonical(data) === canonical(model.data) ? 'right' : 'wrong'
}
