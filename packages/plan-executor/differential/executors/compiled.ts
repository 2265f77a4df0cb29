import { CompiledGateway, type SubgraphAnswer } from '@cartograph/plan-executor'
import { subgraphAnswer } from '../faults/subgraph-answer.ts'
import type { Supergraph } from '../world/supergraph.ts'
import type { Execution } from './executor.ts'
import { silent } from './silent.ts'

/** Our gateway over the same subgraphs. What depends on its interface stands here and nowhere else. */
export function compiledGateway(supergraph: Supergraph): CompiledGateway {
  return new CompiledGateway({
    supergraphSdl: supergraph.supergraphSdl,
    transport: {
      async send({ service, body, context }) {
        const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> }
        const { faults, mutations } = context as Execution
        const answer = await subgraphAnswer(supergraph, { service, query, variables }, faults, mutations)
        return JSON.parse(answer) as SubgraphAnswer
      },
    },
    logger: silent,
  })
}
