import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server'
import type { GatewayContext } from '../context.ts'
import type { OperationGate } from './operation-gate.ts'

type HttpRequest = Parameters<ApolloServer<GatewayContext>['executeHTTPGraphQLRequest']>[0]
type HttpResponse = ReturnType<ApolloServer<GatewayContext>['executeHTTPGraphQLRequest']>

/** Apollo Server behind a gate; what the gate refuses is thrown. */
export class GatedApolloServer extends ApolloServer<GatewayContext> {
  readonly #gate: OperationGate

  constructor(gate: OperationGate, options: ApolloServerOptionsWithGateway<GatewayContext>) {
    super(options)
    this.#gate = gate
  }

  override async executeHTTPGraphQLRequest(request: HttpRequest): HttpResponse {
    return super.executeHTTPGraphQLRequest({
      ...request,
      httpGraphQLRequest: this.#gate.admit(request.httpGraphQLRequest),
    })
  }
}
