import { operationFromDocument, type Schema } from '@apollo/federation-internals'
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway'
import type { QueryPlan, QueryPlanner } from '@apollo/query-planner'
import type { GatewayExecutionResult, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface'
import { type DocumentNode, GraphQLError, type GraphQLSchema, separateOperations } from 'graphql'
import { defaultPatienceMs } from './fetch-group.ts'
import { OperationCache } from './operation-cache.ts'
import type { ResponsePath } from './places.ts'
import { PlanLimits, refuseUnplannable } from './plan-limits.ts'
import { PreparedOperation } from './prepared-operation.ts'
import type { IsRefused } from './response-shape.ts'
import type { SubgraphTransport } from './subgraph-transport.ts'

/** Characters of operations that stay prepared: some hundred pages have as many. */
const mostPreparedCharacters = 100_000

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
  /** How many milliseconds a fetch waits for those that it can be sent with; 10 unless said otherwise. */
  readonly patienceMs?: number
  /** Told of the plan of each request, with the request's context, before it runs. */
  readonly onPlanned?: (plan: QueryPlan, context: unknown) => void
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
  readonly #patienceMs: number
  readonly #onPlanned: (plan: QueryPlan, context: unknown) => void
  #limits: PlanLimits | undefined
  readonly #prepared = new OperationCache<PreparedOperation>(mostPreparedCharacters)

  constructor({
    transport,
    restrictionOf = () => unrestricted,
    onPlanned = () => {},
    patienceMs = defaultPatienceMs,
    ...config
  }: CompiledGatewayConfig) {
    super(config)
    this.#transport = transport
    this.#restrictionOf = restrictionOf
    this.#onPlanned = onPlanned
    this.#patienceMs = patienceMs
    this.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => {
      this.#prepared.clear()
      this.#limits = new PlanLimits(coreSupergraphSdl)
    })
    this.executor = (requestContext) => this.#execute(requestContext)
  }

  /** As the base class does; throws for a supergraph that the planner cannot be trusted with. */
  override async load(options?: Parameters<ApolloGateway['load']>[0]): ReturnType<ApolloGateway['load']> {
    const result = await super.load(options)
    refuseUnplannable(loaded(this).supergraphSdl)
    return result
  }

  async #execute(requestContext: GatewayGraphQLRequestContext): Promise<GatewayExecutionResult> {
    const { context, request } = requestContext
    const restriction = this.#restrictionOf(context)
    const prepared = this.prepare(requestContext, restriction)
    const answer = await prepared.execute({
      variables: request.variables ?? {},
      transport: this.#transport,
      context,
      refusal: restriction.refusal,
      onPlanned: (plan) => this.#onPlanned(plan, context),
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
    const chosen = separateOperations(document)[operation.name?.value ?? '']!
    const prepared = new PreparedOperation({
      schema,
      supergraphSchema: loaded(this).supergraphSchema,
      document: chosen,
      allowed: restriction.allowed(schema, chosen) ?? chosen,
      patienceMs: this.#patienceMs,
      planOf: (allowed) => this.#planOf(schema, allowed),
      operation,
      isRefused: restriction.isRefused,
    })
    this.#prepared.offer(key, prepared, document.loc?.source.body.length ?? 0)
    return prepared
  }

  #planOf(schema: GraphQLSchema, document: DocumentNode): QueryPlan {
    const { apiSchema, supergraphSchema, queryPlanner } = loaded(this)
    const plan = queryPlanner.buildQueryPlan(operationFromDocument(apiSchema, document))
    this.#limits?.check(schema, supergraphSchema, document, plan)
    return plan
  }
}

interface LoadedGateway {
  readonly supergraphSdl: string
  readonly apiSchema: Schema
  readonly supergraphSchema: GraphQLSchema
  readonly queryPlanner: QueryPlanner
}

/** What the base class has once it is loaded, and keeps to itself; a second planner would take as much memory again. */
function loaded(gateway: ApolloGateway): LoadedGateway {
  return gateway as unknown as LoadedGateway
}
