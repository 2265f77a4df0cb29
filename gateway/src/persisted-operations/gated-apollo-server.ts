import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server'
import type { GatewayContext } from '../context.ts'
import type { PartnerGate } from '../partners/partner-gate.ts'
import { keyInHeader } from '../partners/partner-identity.ts'
import type { OperationGate } from './operation-gate.ts'

type HttpRequest = Parameters<ApolloServer<GatewayContext>['executeHTTPGraphQLRequest']>[0]
type HttpResponse = ReturnType<ApolloServer<GatewayContext>['executeHTTPGraphQLRequest']>

export interface Gates {
  readonly gate: OperationGate
  /** For who shows a partner's key. */
  readonly partnerGate?: PartnerGate | undefined
}

/**
 * Apollo Server behind a gate; what the gate refuses is thrown. Of who shows a partner's key it is asked first whether the key
 * is good, and then what of that partner may run.
 */
export class GatedApolloServer extends ApolloServer<GatewayContext> {
  readonly #gates: Gates

  constructor(gates: Gates, options: ApolloServerOptionsWithGateway<GatewayContext>) {
    super(options)
    this.#gates = gates
  }

  override async executeHTTPGraphQLRequest(request: HttpRequest): HttpResponse {
    const { httpGraphQLRequest, context } = request
    if (keyInHeader(httpGraphQLRequest.headers.get('authorization')) !== null)
      return this.#executeOfPartner(httpGraphQLRequest, await context())
    return super.executeHTTPGraphQLRequest({
      ...request,
      httpGraphQLRequest: this.#gates.gate.admit(httpGraphQLRequest),
    })
  }

  #executeOfPartner(request: HttpRequest['httpGraphQLRequest'], contextValue: GatewayContext): HttpResponse {
    const { partnerGate } = this.#gates
    if (!contextValue.partner || !partnerGate) throw new Error('A key was taken, and there is no gate for partners.')
    return super.executeHTTPGraphQLRequest({
      httpGraphQLRequest: partnerGate.admit(request, contextValue.partner),
      context: async () => contextValue,
    })
  }
}
