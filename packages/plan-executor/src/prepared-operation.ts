import type { QueryPlan } from '@apollo/query-planner'
import {
  type DocumentNode,
  executeSync,
  type FragmentDefinitionNode,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import { AnswerText } from './answer-text.ts'
import { fieldCollector, type OperationFragments } from './collect-fields.ts'
import { compilePlan, type Step } from './compile-plan.ts'
import { Execution } from './execution.ts'
import { fetchesOf } from './placed-fetches.ts'
import type { ResponsePath } from './places.ts'
import { type IsRefused, responseShape } from './response-shape.ts'
import type { Problem, Shape, Writing } from './shape.ts'
import type { SubgraphTransport } from './subgraph-transport.ts'

/** Outcomes of @skip and @include of one operation that are kept; there can be two to the power of its variables. */
const mostVariants = 32

export interface PreparationRequest {
  /** The schema that clients see. */
  readonly schema: GraphQLSchema
  /** The schema that the plan speaks of. */
  readonly supergraphSchema: GraphQLSchema
  readonly plan: QueryPlan
  /** As the client sent it, and valid; the plan may be of less, where fields are refused. */
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly isRefused: IsRefused
}

export interface ExecutionRequest {
  readonly variables: Readonly<Record<string, unknown>>
  readonly transport: SubgraphTransport
  readonly context: unknown
  /** The error of a field that `isRefused`. */
  readonly refusal: (path: ResponsePath) => GraphQLError
}

export interface ExecutionAnswer {
  readonly data?: AnswerText | null
  readonly errors?: readonly GraphQLError[]
}

interface Variant {
  readonly shape: Shape
  /** Of the selected fields those about the schema itself, as an operation of their own. */
  readonly introspection: DocumentNode | null
}

/** An operation with everything about it that does not depend on a request: its plan and the shape of its answer. */
export class PreparedOperation {
  readonly plan: QueryPlan
  readonly #request: PreparationRequest
  readonly #fragments: OperationFragments
  readonly #run: Step
  readonly #conditions: readonly string[]
  readonly #variants = new Map<string, Variant>()

  /** How long the texts of its requests to subgraphs are. */
  get fetchedCharacters(): number {
    const fetches = this.plan.node ? fetchesOf(this.plan.node) : []
    return fetches.reduce((sum, { node }) => sum + node.operation.length, 0)
  }

  /** The schema that clients saw when it was prepared. */
  get schema(): GraphQLSchema {
    return this.#request.schema
  }

  constructor(request: PreparationRequest) {
    const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>
    for (const definition of request.document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition
    this.plan = request.plan
    this.#request = request
    this.#fragments = fragments
    this.#run = compilePlan(request.supergraphSchema, request.plan)
    this.#conditions = conditionVariables(request.document)
  }

  /**
   * Runs the plan and gives the client's answer: what subgraphs answered, in the client's shape, with null and an error for what
   * they failed to. Never rejects because of a subgraph.
   */
  async execute({ variables, transport, context, refusal }: ExecutionRequest): Promise<ExecutionAnswer> {
    const { schema, operation } = this.#request
    const { coerced, errors: invalid } = getVariableValues(schema, operation.variableDefinitions ?? [], variables)
    if (!coerced) return { errors: invalid }
    const { shape, introspection } = this.#variant(coerced)
    const execution = new Execution(variables, coerced, transport, context)
    await this.#run(execution)
    const { data, errors, shared } = execution
    if (introspection)
      Object.assign(data, executeSync({ schema, document: introspection, variableValues: variables }).data)
    const writing: Writing = { shared, written: new Map(), isFlawed: false }
    const text = shape.write(data, writing)
    if (writing.isFlawed) {
      const problems: Problem[] = []
      shape.explain(data, [], problems)
      // What subgraphs said of their failures says enough; a problem besides is most likely one more trace of them.
      const isSilent = errors.length === 0
      for (const { kind, path } of problems) {
        if (kind === 'refused') errors.push(refusal(path))
        else if (isSilent) errors.push(malformedField(path))
      }
    }
    return { data: text === null ? null : new AnswerText(text), ...(errors.length > 0 && { errors }) }
  }

  #variant(coerced: Readonly<Record<string, unknown>>): Variant {
    const outcome = this.#conditions.map((name) => (coerced[name] === true ? '1' : '0')).join('')
    const known = this.#variants.get(outcome)
    if (known) return known
    const { schema, operation, isRefused } = this.#request
    const fragments = this.#fragments
    const variant = {
      shape: responseShape({ schema, operation, fragments, variables: coerced, isRefused }),
      introspection: this.#introspection(coerced),
    }
    if (this.#variants.size >= mostVariants) this.#variants.clear()
    this.#variants.set(outcome, variant)
    return variant
  }

  #introspection(coerced: Readonly<Record<string, unknown>>): DocumentNode | null {
    const { schema, operation, document } = this.#request
    const root = schema.getRootType(operation.operation)!
    const collected = fieldCollector(schema, this.#fragments, coerced).ofOperation(root, operation)
    const selections = [...collected.values()].flat().filter(({ name }) => /^__(schema|type)$/.test(name.value))
    if (selections.length === 0) return null
    const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
    const selectionSet = { kind: Kind.SELECTION_SET, selections } as const
    return { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }, ...fragments] }
  }
}

function malformedField(path: ResponsePath): GraphQLError {
  return new GraphQLError('A service answered something that does not fit the schema.', {
    path,
    extensions: { code: 'SUBGRAPH_MALFORMED_RESPONSE' },
  })
}

/** The variables that decide a @skip or an @include. */
function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'skip' && name.value !== 'include') return
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}
