import fc, { type Arbitrary } from 'fast-check'
import {
  doTypesOverlap,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isRequiredArgument,
  isUnionType,
} from 'graphql'
import { arbitraryValue, maybe } from './arbitrary-value.ts'
import type { DirectiveModel, FieldModel, OperationModel, SelectionModel, ValueModel } from './operation-model.ts'

const directives: Arbitrary<readonly DirectiveModel[]> = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.uniqueArray(directive(), { minLength: 1, maxLength: 2, selector: ({ name }) => name }) },
)

const introspection: Arbitrary<SelectionModel> = fc
  .constantFrom(
    '__schema { queryType { name } }',
    'again: __schema { mutationType { name kind } }',
    '__type(name: "Query") { name kind }',
    'none: __type(name: "Nothing") { name }',
  )
  .map((text) => ({ kind: 'introspection', text }))

/** Operations over an API schema, valid but for a rare few. */
export class ArbitraryOperations {
  readonly #schema: GraphQLSchema
  readonly #depth: number
  readonly #known = new Map<string, Arbitrary<readonly SelectionModel[]>>()
  readonly #composites: readonly GraphQLCompositeType[]

  /** `depth` is how many levels of fields there are at most. */
  constructor(schema: GraphQLSchema, depth: number) {
    this.#schema = schema
    this.#depth = depth
    const roots = [schema.getQueryType(), schema.getMutationType()]
    this.#composites = Object.values(schema.getTypeMap())
      .filter(isCompositeType)
      .filter((type) => !type.name.startsWith('__') && !roots.some((root) => root === type))
  }

  operation(): Arbitrary<OperationModel> {
    const queries = this.#operationOf('query', this.#schema.getQueryType())
    const mutationType = this.#schema.getMutationType()
    if (!mutationType) return queries
    return fc.oneof(
      { weight: 4, arbitrary: queries },
      { weight: 1, arbitrary: this.#operationOf('mutation', mutationType) },
    )
  }

  #operationOf(kind: 'query' | 'mutation', root: GraphQLCompositeType | null | undefined): Arbitrary<OperationModel> {
    if (!root) throw new Error(`There is no root type of a ${kind}`)
    return fc.record({
      kind: fc.constant(kind),
      selections: this.#selectionsOf(root, this.#depth),
      other: fc.option(this.#selectionsOf(root, 1), { nil: undefined, freq: 8 }),
      isNamed: fc.boolean(),
    })
  }

  #selectionsOf(type: GraphQLCompositeType, depth: number): Arbitrary<readonly SelectionModel[]> {
    const key = `${type.name} ${String(depth)}`
    const known = this.#known.get(key)
    if (known) return known
    const made = fc.array(this.#selection(type, depth), { minLength: 1, maxLength: depth > 2 ? 3 : 4, size: 'max' })
    this.#known.set(key, made)
    return made
  }

  #selection(type: GraphQLCompositeType, depth: number): Arbitrary<SelectionModel> {
    const typename = fc.record({
      kind: fc.constant('typename' as const),
      alias: fc.constantFrom(undefined, undefined, 'kindOf', 'is'),
      directives,
    })
    const fields = isUnionType(type) ? [] : Object.values(type.getFields())
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)))
    const objects = depth > 1 ? fields.filter((field) => isCompositeType(getNamedType(field.type))) : []
    const variants: { weight: number; arbitrary: Arbitrary<SelectionModel> }[] = [{ weight: 1, arbitrary: typename }]
    if (leaves.length > 0) {
      variants.push({ weight: 4, arbitrary: fc.oneof(...leaves.map((field) => this.#field(type, field, depth))) })
    }
    if (objects.length > 0) {
      variants.push({ weight: 5, arbitrary: fc.oneof(...objects.map((field) => this.#field(type, field, depth))) })
    }
    if (depth > 1) variants.push({ weight: isUnionType(type) ? 6 : 2, arbitrary: this.#fragment(type, depth) })
    variants.push({
      weight: 1,
      arbitrary: fc.nat({ max: 9 }).map((index) => ({ kind: 'again', parent: type.name, index })),
    })
    if (type === this.#schema.getQueryType()) variants.push({ weight: 1, arbitrary: introspection })
    return fc.oneof({ withCrossShrink: true }, ...variants)
  }

  #field(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, depth: number): Arbitrary<FieldModel> {
    const named = getNamedType(field.type)
    const args = field.args.map((argument) => {
      const value = arbitraryValue(argument.type)
      return [argument.name, isRequiredArgument(argument) ? value : maybe(value)] as const
    })
    return fc.record({
      kind: fc.constant('field' as const),
      parent: fc.constant(parent.name),
      field: fc.constant(field.name),
      naming: fc.constantFrom<FieldModel['naming'][]>('plain', 'plain', 'plain', 'same', 'a', 'b'),
      args: fc.record(Object.fromEntries(args) as Record<string, Arbitrary<ValueModel | undefined>>),
      directives,
      selections: isCompositeType(named) ? this.#selectionsOf(named, depth - 1) : fc.constant(undefined),
    })
  }

  #fragment(parent: GraphQLCompositeType, depth: number): Arbitrary<SelectionModel> {
    const overlapping = this.#composites.filter((type) => doTypesOverlap(this.#schema, parent, type))
    const on = [undefined, ...overlapping.filter((type) => type !== parent), ...overlapping]
    return fc.oneof(
      ...on.map((type) =>
        fc.record({
          kind: fc.constant('fragment' as const),
          isNamed: fc.boolean(),
          on: fc.constant(type?.name),
          parent: fc.constant(parent.name),
          directives,
          selections: this.#selectionsOf(type ?? parent, depth - 1),
        }),
      ),
    )
  }
}

function directive(): Arbitrary<DirectiveModel> {
  const condition = fc.boolean().map((value): ValueModel => ({ kind: 'leaf', value }))
  const variable = fc
    .record({ provided: condition, fallback: fc.option(condition, { nil: undefined }), isGiven: fc.boolean() })
    .map(({ provided, fallback, isGiven }): ValueModel => ({
      kind: 'variable',
      type: fallback ? 'Boolean' : 'Boolean!',
      provided: fallback && !isGiven ? undefined : provided,
      fallback,
    }))
  return fc.record({
    name: fc.constantFrom('skip' as const, 'include' as const),
    condition: fc.oneof(condition, variable),
  })
}
