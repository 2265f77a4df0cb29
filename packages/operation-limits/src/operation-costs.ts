import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
  getNullableType,
  isUnionType,
  valueFromASTUntyped,
} from 'graphql'
import { type Cost, evaluate, product, sum, type Variables } from './cost.ts'
import { type CostDirectives, costDirectivesOf, type ListSize } from './cost-directives.ts'
import { argumentCost } from './input-cost.ts'
import { sizeOf } from './list-size.ts'

const costOfMutation = 10

/** Fields that are lists because the field above them said so, and how long they are. */
interface Sized {
  readonly fields: readonly string[]
  readonly size: Cost
}

/**
 * What operations over a supergraph cost, by its @cost and @listSize, as federation routers count: a field costs its own
 * weight and what is selected below it, as often as its list is long, and its arguments once. An object weighs 1, a scalar
 * nothing; a mutation 10 more. What fragments select counts wherever they are spread, also where objects of one type
 * could not match two of them.
 */
export class OperationCosts {
  readonly #schema: GraphQLSchema
  readonly #directives: CostDirectives
  readonly #compiled = new WeakMap<
    OperationDefinitionNode,
    { readonly cost: Cost; readonly defaults: Variables | undefined }
  >()

  constructor(supergraphSdl: string, apiSchema: GraphQLSchema) {
    this.#schema = apiSchema
    this.#directives = costDirectivesOf(supergraphSdl)
  }

  /**
   * What `operation` of `document` costs with `variables`. Compiled at the first call, after which only what variables decide
   * is computed. Expects a valid document within the limits: those bound what its fragments amount to.
   */
  costOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables = {}): number {
    const known = this.#compiled.get(operation)
    const compiled = known ?? { cost: this.#operation(document, operation), defaults: defaultsOf(operation) }
    if (!known) this.#compiled.set(operation, compiled)
    return evaluate(compiled.cost, compiled.defaults ? { ...compiled.defaults, ...variables } : variables)
  }

  #operation(document: DocumentNode, operation: OperationDefinitionNode): Cost {
    const fragments = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
      ),
    )
    const root = this.#schema.getRootType(operation.operation)
    const own = operation.operation === OperationTypeNode.MUTATION ? costOfMutation : 0
    return root ? sum([own, this.#selectionSet(fragments, operation.selectionSet, root)]) : own
  }

  #selectionSet(fragments: Fragments, selectionSet: SelectionSetNode, type: GraphQLNamedType, sized?: Sized): Cost {
    return sum(
      selectionSet.selections.map((selection) =>
        product(timesSelected(selection), this.#selection(fragments, selection, type, sized)),
      ),
    )
  }

  #selection(fragments: Fragments, selection: SelectionNode, type: GraphQLNamedType, sized?: Sized): Cost {
    if (selection.kind === Kind.FIELD) return this.#field(fragments, selection, type, sized)
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
    if (!fragment) return 0
    const { typeCondition, selectionSet } = fragment
    const within = typeCondition ? typeFromAST(this.#schema, typeCondition) : type
    return within ? this.#selectionSet(fragments, selectionSet, within, sized) : 0
  }

  #field(fragments: Fragments, node: FieldNode, type: GraphQLNamedType, sized?: Sized): Cost {
    const { value: name } = node.name
    // Introspection costs the subgraphs nothing, and has limits of its own.
    const field = isCompositeType(type) && !isUnionType(type) ? type.getFields()[name] : undefined
    if (!field || !isCompositeType(type)) return 0
    const listSize = this.#ofField(this.#directives.listSizes, type, name)
    const isList = isListType(getNullableType(field.type))
    const asked = listSize || isList ? sizeOf(listSize, field, node) : 1
    const size = sized?.fields.includes(name) ? sized.size : isList ? asked : 1
    const below: Sized | undefined = listSize && { fields: listSize.sizedFields, size: asked }
    const returned = getNamedType(field.type)
    const selected = node.selectionSet ? this.#selectionSet(fragments, node.selectionSet, returned, below) : 0
    return sum([
      ...this.#arguments(type, field, node),
      product(size, sum([this.#weightOfField(type, field, returned), selected])),
    ])
  }

  #arguments(type: GraphQLNamedType, field: GraphQLField<unknown, unknown>, node: FieldNode): Cost[] {
    return (node.arguments ?? []).flatMap(({ name, value }) => {
      const argument = field.args.find((each) => each.name === name.value)
      const coordinate = `${type.name}.${field.name}(${name.value}:)`
      return argument ? [argumentCost(this.#directives.weights, coordinate, argument, value)] : []
    })
  }

  #weightOfField(
    type: GraphQLCompositeType,
    { name }: GraphQLField<unknown, unknown>,
    returned: GraphQLNamedType,
  ): number {
    return this.#ofField(this.#directives.weights, type, name) ?? this.#weightOfType(returned)
  }

  #weightOfType(type: GraphQLNamedType): number {
    const own = this.#directives.weights.get(type.name)
    if (own !== undefined || !isCompositeType(type)) return own ?? 0
    if (isObjectType(type)) return 1
    return Math.max(1, ...this.#schema.getPossibleTypes(type).map((possible) => this.#weightOfType(possible)))
  }

  /** What is said of a field; of that of an interface, else what is said of it in the first type that says something. */
  #ofField<Said extends number | ListSize>(
    said: ReadonlyMap<string, Said>,
    type: GraphQLCompositeType,
    name: string,
  ): Said | undefined {
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : []
    const types = [type, ...possible].map((each) => said.get(`${each.name}.${name}`))
    return types.find((each) => each !== undefined)
  }
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

/** 0 for what @skip or @include leave out, else 1. */
function timesSelected({ directives = [] }: SelectionNode): Cost {
  return directives.reduce<Cost>((times, { name, arguments: given }) => {
    const condition = given?.find((each) => each.name.value === 'if')?.value
    if (!condition || (name.value !== 'skip' && name.value !== 'include')) return times
    const wanted = name.value === 'include'
    const timesOf = (variables: Variables) => ((valueFromASTUntyped(condition, variables) === true) === wanted ? 1 : 0)
    return product(times, condition.kind === Kind.VARIABLE ? timesOf : timesOf({}))
  }, 1)
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables | undefined {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  )
  return defaults.length > 0 ? Object.fromEntries(defaults) : undefined
}
