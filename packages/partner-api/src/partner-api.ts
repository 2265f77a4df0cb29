import { Supergraph } from '@apollo/federation-internals'
import { argumentsOfEach } from '@cartograph/composition/directive-arguments'
import { withoutPermissions } from '@cartograph/composition/without-permissions'
import { documentLimits, mostTokens, OperationCosts } from '@cartograph/operation-limits'
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql'

const usualMostCost = 5_000

/** What partners may use of a supergraph: the root fields that are tagged `partner`. Provisional. */
export class PartnerApi {
  readonly #schema: GraphQLSchema
  readonly #costs: OperationCosts
  readonly #mostCost: number
  readonly #rootFields: ReadonlyMap<string, { readonly tagged: boolean; readonly scopes: string[][] | null }>

  /** From a supergraph with its permissions, as gateway/supergraph.graphql. */
  constructor(supergraphSdl: string, { mostCost = usualMostCost }: { readonly mostCost?: number } = {}) {
    this.#schema = Supergraph.build(withoutPermissions(supergraphSdl)).apiSchema().toGraphQLJSSchema()
    this.#costs = new OperationCosts(supergraphSdl, this.#schema)
    this.#mostCost = mostCost
    this.#rootFields = new Map(
      parse(supergraphSdl).definitions.flatMap((type) =>
        type.kind === Kind.OBJECT_TYPE_DEFINITION && /^(Query|Mutation)$/.test(type.name.value)
          ? (type.fields ?? []).map((field) => {
              const tags = argumentsOfEach(field.directives, 'tag')
              const [required] = argumentsOfEach(field.directives, 'requiresScopes')
              const scopes = required ? (required['scopes'] as string[][]) : null
              return [field.name.value, { tagged: tags.some(({ name }) => name === 'partner'), scopes }] as const
            })
          : [],
      ),
    )
  }

  /** Why an operation of a partner with these scopes cannot be published; empty when it can. Sentences. */
  problemsOf(body: string, scopes: readonly string[]): readonly string[] {
    const document = parse(body, { maxLexicalTokens: mostTokens })
    const errors = validate(this.#schema, document, [documentLimits, ...specifiedRules])
    if (errors.length > 0) return errors.map(({ message }) => message)
    const problems = rootFieldsOf(document).flatMap((name) => {
      const field = this.#rootFields.get(name)
      if (!field?.tagged) return [`The field ${name} is not for partners.`]
      const isOpen = field.scopes === null || field.scopes.some((all) => all.every((scope) => scopes.includes(scope)))
      return isOpen ? [] : [`The field ${name} takes scopes that the partner does not have.`]
    })
    const cost = this.costOf(body)
    if (cost > this.#mostCost) problems.push(`It costs ${cost}; at most ${this.#mostCost} are allowed.`)
    return problems
  }

  /** What it costs with the defaults of its variables. */
  costOf(body: string): number {
    const document = parse(body)
    return this.#costs.costOf(document, operationOf(document))
  }
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  return document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!
}

function rootFieldsOf(document: DocumentNode): string[] {
  return operationOf(document)
    .selectionSet.selections.filter((selection): selection is FieldNode => selection.kind === Kind.FIELD)
    .map(({ name }) => name.value)
}
