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
} from 'graphql'
import { AnswerText } from './answer-text.ts'
import { fieldCollector, type OperationFragments } from './collect-fields.ts'
import { compilePlan, type Step } from './compile-plan.ts'
import { conditionVariables, decidedDocument } from './decided-document.ts'
import { Execution } from './execution.ts'
import type { ResponsePath } from './places.ts'
import { type IsRefused, responseShape } from './response-shape.ts'
import type { Problem, Shape, Writing } from './shape.ts'
import type { SubgraphTransport } from './subgraph-transport.ts'

/** Outcomes of @skip and @include of one operation that are kept; there can be two to the power of its variables. */
const mostVariants = 8

export interface PreparationRequest {
  /** The schema that clients see. */
  readonly schema: GraphQLSchema
  /** The schema that the plan speaks of. */
  readonly supergraphSchema: GraphQLSchema
  /** As the client sent it, and valid: the one operation, and the fragments that it spreads. */
  readonly document: DocumentNode
  /** What of it may be planned: less, where fields are refused. */
  readonly allowed: DocumentNode
  /** How long a fetch waits for those that it can be sent with. */
  readonly patienceMs: number
  /** Plans a document without conditions; throws for one that cannot be planned. */
  readonly planOf: (document: DocumentNode) => QueryPlan
  readonly operation: OperationDefinitionNode
  readonly isRefused: IsRefused
}

export interface ExecutionRequest {
  readonly variables: Readonly<Record<string, unknown>>
  readonly transport: SubgraphTransport
  readonly context: unknown
  /** The error of a field that `isRefused`. */
  readonly refusal: (path: ResponsePath) => GraphQLError
  /** Told of the plan, before it runs. */
  readonly onPlanned: (plan: QueryPlan) => void
}

export interface ExecutionAnswer {
  readonly data?: AnswerText | null
  readonly errors?: readonly GraphQLError[]
}

/** An operation for one outcome of its @skip and @include. */
interface Variant {
  readonly plan: QueryPlan
  readonly run: Step
  readonly shape: Shape
  /** Of the selected fields those about the schema itself, as an operation of their own. */
  readonly introspection: DocumentNode | null
}

/** An operation with everything about it that does not depend on a request: its plans and the shapes of its answer. */
export class PreparedOperation {
  readonly #request: PreparationRequest
  readonly #fragments: OperationFragments
  readonly #conditions: readonly string[] | null
  readonly #variants = new Map<string, Variant>()

  /** The schema that clients saw when it was prepared. */
  get schema(): GraphQLSchema {
    return this.#request.schema
  }

  constructor(request: PreparationRequest) {
    const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>
    for (const definition of request.document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition
    this.#request = request
    this.#fragments = fragments
    this.#conditions = conditionVariables(request.document)
  }

  /**
   * Runs the plan and gives the client's answer: what subgraphs answered, in the client's shape, with null and an error for what
   * they failed to. Never rejects because of a subgraph; rejects when it cannot be
   * planned.
   */
  async execute({ variables, transport, context, refusal, onPlanned }: ExecutionRequest): Promise<ExecutionAnswer> {
    const { schema, operation } = this.#request
    const { coerced, errors: invalid } = getVariableValues(schema, operation.variableDefinitions ?? [], variables)
    if (!coerced) return { errors: invalid }
    const { plan, run, shape, introspection } = this.#variant(coerced)
    onPlanned(plan)
    const execution = new Execution(variables, transport, context)
    await run(execution)
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
    const outcome = (this.#conditions ?? []).map((name) => (coerced[name] === true ? '1' : '0')).join('')
    const known = this.#variants.get(outcome)
    if (known) return known
    const { schema, supergraphSchema, operation, allowed, planOf, patienceMs, isRefused } = this.#request
    const fragments = this.#fragments
    const plan = planOf(this.#conditions ? decidedDocument(allowed, coerced) : allowed)
    const variant = {
      plan,
      run: compilePlan(supergraphSchema, plan, patienceMs),
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
