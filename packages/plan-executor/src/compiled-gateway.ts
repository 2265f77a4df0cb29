import { operationFromDocument, type Schema } from '@apollo/federation-internals'
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway'
import type { QueryPlanner } from '@apollo/query-planner'
import type { GatewayExecutionResult, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface'
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql'
import { OperationCache } from './operation-cache.ts'
import type { ResponsePath } from './places.ts'
import { PreparedOperation } from './prepared-operation.ts'
import type { IsRefused } from './response-shape.ts'
import type { SubgraphTransport } from './subgraph-transport.ts'

/** Characters of operations that stay prepared, and of what they ask subgraphs: some hundred pages have as many. */
const mostPreparedCharacters = 256 * 1024

/** What one client may not see. */
export interface Restriction {
  /** The same for all clients that may see the same. */
  readonly key: string
  readonly isRefused: IsRefused
  /** `document` without what is refused, or null when nothing of it is. */
  allowed(schema: GraphQLSchema, document: DocumentNode): DocumentNode | null
  /** The error of one refused field. */
  refusal(path: ResponsePath): GraphQLError
}

export type CompiledGatewayConfig = GatewayConfig & {
  readonly transport: SubgraphTransport
  /** Of the client whose request has this context; without it everybody sees everything. */
  readonly restrictionOf?: (context: unknown) => Restriction
  /** Told of the operation of each request, with the request's context, before it runs. */
  readonly onPrepared?: (prepared: PreparedOperation, context: unknown) => void
}

const unrestricted: Restriction = {
  key: '',
  isRefused: () => false,
  allowed: () => null,
  refusal: (path) => new GraphQLError('Refused.', { path }),
}

/**
 * @apollo/gateway with its composition, its planner and its place behind Apollo Server, and an executor that prepares each
 * operation once: see PreparedOperation. Data are AnswerText; give Apollo Server `stringifyAnswer` as `stringifyResult`.
 */
export class CompiledGateway extends ApolloGateway {
  readonly #transport: SubgraphTransport
  readonly #restrictionOf: (context: unknown) => Restriction
  readonly #onPrepared: (prepared: PreparedOperation, context: unknown) => void
  readonly #prepared = new OperationCache<PreparedOperation>(mostPreparedCharacters)

  constructor({
    transport,
    restrictionOf = () => unrestricted,
    onPrepared = () => {},
    ...config
  }: CompiledGatewayConfig) {
    super(config)
    this.#transport = transport
    this.#restrictionOf = restrictionOf
    this.#onPrepared = onPrepared
    this.onSchemaLoadOrUpdate(() => this.#prepared.clear())
    this.executor = (requestContext) => this.#execute(requestContext)
  }

  async #execute(requestContext: GatewayGraphQLRequestContext): Promise<GatewayExecutionResult> {
    const { context, request } = requestContext
    const restriction = this.#restrictionOf(context)
    const prepared = this.prepare(requestContext, restriction)
    this.#onPrepared(prepared, context)
    const answer = await prepared.execute({
      variables: request.variables ?? {},
      transport: this.#transport,
      context,
      refusal: restriction.refusal,
    })
    return answer as GatewayExecutionResult
  }

  /** The operation of a request, planned and compiled when it is new. Throws for one that cannot be planned. */
  prepare(
    { queryHash, operationName, schema, document, operation }: GatewayGraphQLRequestContext,
    restriction: Restriction,
  ): PreparedOperation {
    const key = `${queryHash} ${operationName ?? ''} ${restriction.key}`
    const known = this.#prepared.get(key)
    // A request may have been validated just before the schema was replaced.
    if (known?.schema === schema) return known
    const planned = restriction.allowed(schema, document) ?? document
    const prepared = new PreparedOperation({
      schema,
      supergraphSchema: loaded(this).supergraphSchema,
      plan: this.#plan(planned, operationName),
      document,
      operation,
      isRefused: restriction.isRefused,
    })
    this.#prepared.offer(key, prepared, (document.loc?.source.body.length ?? 0) + prepared.fetchedCharacters)
    return prepared
  }

  #plan(document: DocumentNode, operationName: string | null) {
    const { apiSchema, queryPlanner } = loaded(this)
    const options = operationName === null ? {} : { operationName }
    return queryPlanner.buildQueryPlan(operationFromDocument(apiSchema, document, options))
  }
}

interface LoadedGateway {
  readonly apiSchema: Schema
  readonly supergraphSchema: GraphQLSchema
  readonly queryPlanner: QueryPlanner
}

/** What the base class has once it is loaded, and keeps to itself; a second planner would take as much memory again. */
function loaded(gateway: ApolloGateway): LoadedGateway {
  return gateway as unknown as LoadedGateway
}
