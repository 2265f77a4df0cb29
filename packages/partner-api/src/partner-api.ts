import { apiDocument } from '@cartograph/composition/api-document'
import { documentLimits, mostTokens, OperationCosts } from '@cartograph/operation-limits'
import {
  buildASTSchema,
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { partnerDocument } from './partner-document.ts'

/** Partners have a handful of sets of scopes between them. */
const mostSchemas = 50

export interface PartnerApiOptions {
  /** What one operation may cost, as the gateway's MOST_OPERATION_COST says. */
  readonly mostCost?: number
}

/** What partners may use of a supergraph, and what it costs them. */
export class PartnerApi {
  readonly #supergraphSdl: string
  readonly #mostCost: number
  readonly #costs: OperationCosts
  readonly #schemas = new LRUCache<string, GraphQLSchema>({ max: mostSchemas })

  /** From a supergraph with its permissions. */
  constructor(supergraphSdl: string, { mostCost = Infinity }: PartnerApiOptions = {}) {
    this.#supergraphSdl = supergraphSdl
    this.#mostCost = mostCost
    this.#costs = new OperationCosts(supergraphSdl, buildASTSchema(apiDocument(supergraphSdl)))
  }

  /** The schema that partners with these scopes see. */
  schemaFor(scopes: readonly string[]): GraphQLSchema {
    const key = scopes.toSorted().join(' ')
    const known = this.#schemas.get(key)
    const schema = known ?? buildASTSchema(partnerDocument(this.#supergraphSdl, scopes))
    if (!known) this.#schemas.set(key, schema)
    return schema
  }

  /**
   * Why an operation of a partner with these scopes cannot be published, a sentence each; empty when it can. It is the gateway's
   * own limits and rules that it has to pass, and the cost with the defaults of its variables.
   */
  problemsOf(body: string, scopes: readonly string[]): readonly string[] {
    try {
      const document = parse(body, { maxLexicalTokens: mostTokens })
      const beyond = validate(this.schemaFor(scopes), document, [documentLimits])
      const errors = beyond.length > 0 ? beyond : validate(this.schemaFor(scopes), document, specifiedRules)
      if (errors.length > 0) return errors.map(({ message }) => message)
      const cost = this.#costOf(document)
      return cost > this.#mostCost ? [`It costs ${cost}, and no operation may cost more than ${this.#mostCost}.`] : []
    } catch (error) {
      if (error instanceof GraphQLError) return [error.message]
      throw error
    }
  }

  /** What a valid operation costs with the defaults of its variables. */
  costOf(body: string): number {
    return this.#costOf(parse(body))
  }

  #costOf(document: DocumentNode): number {
    const operation = getOperationAST(document)
    if (!operation) throw new GraphQLError('The document does not hold exactly one operation.')
    return this.#costs.costOf(document, operation)
  }
}
