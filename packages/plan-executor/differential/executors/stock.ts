import { ApolloGateway } from '@apollo/gateway'
import { isObjectType } from 'graphql'
import { subgraphAnswer } from '../faults/subgraph-answer.ts'
import { directivesOf } from '../world/definitions.ts'
import type { Supergraph } from '../world/supergraph.ts'
import type { Execution } from './executor.ts'
import { silent } from './silent.ts'

/** The gateway as it comes, over the same subgraphs. */
export function stockGateway(supergraph: Supergraph): ApolloGateway {
  return gatewayOver(supergraph, (_service, answer) => answer)
}

/**
 * The gateway without what it does wrong to interface objects: it takes the type that such a subgraph tells, which is the
 * interface, for the entity's own that it knew. A subgraph that does not tell it leaves the entity its type.
 */
export function correctedGateway(supergraph: Supergraph): ApolloGateway {
  return gatewayOver(supergraph, (service, answer) => {
    const schema = supergraph.subgraphs.get(service)?.schema
    for (const entity of answer.data?._entities ?? []) {
      const type = schema?.getType(entity?.__typename ?? '')
      if (isObjectType(type) && directivesOf(type, 'interfaceObject').length > 0) delete entity?.__typename
    }
    return answer
  })
}

interface EntitiesAnswer {
  readonly data?: { readonly _entities?: readonly ({ __typename?: string } | null)[] | null } | null
}

function gatewayOver(
  supergraph: Supergraph,
  corrected: (service: string, answer: EntitiesAnswer) => EntitiesAnswer,
): ApolloGateway {
  return new ApolloGateway({
    supergraphSdl: supergraph.supergraphSdl,
    buildService: ({ name }) => ({
      async process({ request, context }) {
        const { query = '', variables } = request
        const { faults, mutations } = context as Execution
        const answer = await subgraphAnswer(supergraph, { service: name, query, variables }, faults, mutations)
        return corrected(name, JSON.parse(answer) as EntitiesAnswer)
      },
    }),
    logger: silent,
  })
}
