import { argumentsOfEach } from '@cartograph/composition/directive-arguments'
import type { FetchNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner'
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { fetchesOf } from './placed-fetches.ts'
import { isOfType } from './rewrites.ts'

/** By type name, the keys by which a subgraph resolves entities. */
type ResolvableKeys = ReadonlyMap<string, readonly SelectionSetNode[]>

/**
 * What the planner is known to plan wrong, so that it is refused instead of answered wrong: entities by keys that a
 * subgraph does not resolve, nothing at all for fields that were selected, and one value for several arguments of a
 * required field.
 */
export class PlanLimits {
  readonly #keys: ReadonlyMap<string, ResolvableKeys>
  /** By `Type.field`, what its @requires says of fields with arguments. */
  readonly #requiredWithArguments: ReadonlyMap<string, readonly FieldNode[]>

  constructor(supergraphSdl: string) {
    const document = parse(supergraphSdl)
    const services = servicesOf(document)
    const keys = new Map<string, Map<string, SelectionSetNode[]>>()
    const required = new Map<string, readonly FieldNode[]>()
    for (const node of document.definitions) {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue
      for (const { graph, key, resolvable } of joinsOf(node.directives, 'join__type')) {
        if (key === undefined || resolvable === false) continue
        const service = services.get(graph!)!
        const ofService = keys.get(service) ?? new Map<string, SelectionSetNode[]>()
        keys.set(service, ofService)
        ofService.set(node.name.value, [...(ofService.get(node.name.value) ?? []), selectionsOf(key)])
      }
      for (const field of node.fields ?? []) {
        const withArguments = joinsOf(field.directives, 'join__field').flatMap(({ requires }) =>
          fieldsWithArguments(requires),
        )
        if (withArguments.length > 0) required.set(`${node.name.value}.${field.name.value}`, withArguments)
      }
    }
    this.#keys = keys
    this.#requiredWithArguments = required
  }

  /** Throws OPERATION_NOT_SUPPORTED for a plan that would answer `document` wrong. `schema` is that of the clients. */
  check(schema: GraphQLSchema, supergraphSchema: GraphQLSchema, document: DocumentNode, { node }: QueryPlan): void {
    if (!node && selectsOfSubgraphs(document))
      throw unsupported('No subgraph can be asked for what the operation selects.')
    for (const fetch of fetchesOf(node)) this.#checkKeys(supergraphSchema, fetch.node)
    if (this.#requiredWithArguments.size > 0) this.#checkArguments(schema, document)
  }

  #checkKeys(schema: GraphQLSchema, { serviceName, requires = [], inputRewrites = [] }: FetchNode): void {
    const resolvable = this.#keys.get(serviceName)
    const renamed = inputRewrites.flatMap((one) => (one.kind === 'ValueSetter' ? [String(one.setValueTo)] : []))
    const fragments = requires.filter((one) => one.kind === 'InlineFragment')
    const conditions = new Set(fragments.flatMap(({ typeCondition }) => typeCondition ?? []))
    for (const typeName of conditions) {
      // What is required of an interface is given of each of its types, besides the key of that type.
      if ([...conditions].some((other) => other !== typeName && isOfType(schema, other, typeName))) continue
      const given = fragments.flatMap(({ typeCondition, selections }) =>
        typeCondition !== undefined && isOfType(schema, typeName, typeCondition) ? selections : [],
      )
      const type = schema.getType(typeName)
      const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().map(({ name }) => name) : []
      const keys = [typeName, ...interfaces, ...renamed].flatMap((name) => resolvable?.get(name) ?? [])
      if (!keys.some((key) => holds(given, key)))
        throw unsupported(`The ${serviceName} service resolves no ${typeName} by the key that it would be asked by.`)
    }
  }

  /** The planner gives a required field the one response key that it has without an alias. */
  #checkArguments(schema: GraphQLSchema, document: DocumentNode): void {
    const uses = new Map<string, string>()
    const use = (typeName: string, field: FieldNode) => {
      const key = `${typeName}.${field.name.value}`
      const given = (field.arguments ?? [])
        .map((one) => print(one))
        .toSorted()
        .join()
      if ((uses.get(key) ?? given) !== given)
        throw unsupported(`${key} is needed with several arguments at once; ask for it under an alias.`)
      uses.set(key, given)
    }
    const requiredNames = new Set([...this.#requiredWithArguments.values()].flat().map(({ name }) => name.value))
    const typeInfo = new TypeInfo(schema)
    visit(
      document,
      visitWithTypeInfo(typeInfo, {
        Field: (node) => {
          const parent = typeInfo.getParentType()
          if (!parent) return
          if (requiredNames.has(node.name.value) && (!node.alias || node.alias.value === node.name.value))
            use(parent.name, node)
          for (const required of this.#requiredWithArguments.get(`${parent.name}.${node.name.value}`) ?? [])
            use(parent.name, required)
        },
      }),
    )
  }
}

/**
 * Throws for a supergraph that the planner is known to lose itself in, for seconds and gigabytes: an interface that several
 * subgraphs know as an object, of which one requires what another has.
 */
export function refuseUnplannable(supergraphSdl: string): void {
  for (const node of parse(supergraphSdl).definitions) {
    if (node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue
    const asObject = joinsOf(node.directives, 'join__type').filter(({ isInterfaceObject }) => isInterfaceObject)
    const isRequiring = (node.fields ?? []).some((field) =>
      joinsOf(field.directives, 'join__field').some(({ requires }) => requires !== undefined),
    )
    if (asObject.length > 1 && isRequiring)
      throw new Error(`${node.name.value} is an interface object of several subgraphs, and has a field with @requires.`)
  }
}

function unsupported(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'OPERATION_NOT_SUPPORTED', http: { status: 400 } } })
}

/** Whether a fetch that gives `given` of an entity gives all of `key`. */
function holds(given: readonly QueryPlanSelectionNode[], { selections }: SelectionSetNode): boolean {
  return selections.every((wanted) => {
    if (wanted.kind !== Kind.FIELD) return true
    const found = given.filter((one) => one.kind === 'Field' && one.name === wanted.name.value)
    const { selectionSet } = wanted
    if (!selectionSet) return found.length > 0
    return holds(
      found.flatMap((one) => one.selections ?? []),
      selectionSet,
    )
  })
}

function selectsOfSubgraphs(document: DocumentNode): boolean {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  )
  const selects = ({ selections }: SelectionSetNode): boolean =>
    selections.some((one) => {
      if (one.kind === Kind.FIELD) return !one.name.value.startsWith('__')
      return selects((one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value)!).selectionSet)
    })
  return document.definitions.some((one) => one.kind === Kind.OPERATION_DEFINITION && selects(one.selectionSet))
}

function servicesOf({ definitions }: DocumentNode): Map<string, string> {
  const graphs = definitions.find((one) => one.kind === Kind.ENUM_TYPE_DEFINITION && one.name.value === 'join__Graph')
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : []
  return new Map(values.map((value) => [value.name.value, joinsOf(value.directives, 'join__graph')[0]!.name!]))
}

/** What composition writes of types and fields, as far as it is looked at here. */
interface JoinArguments {
  readonly graph?: string
  readonly name?: string
  readonly key?: string
  readonly requires?: string
  readonly resolvable?: boolean
  readonly isInterfaceObject?: boolean
}

function joinsOf(directives: readonly ConstDirectiveNode[] | undefined, directiveName: string): JoinArguments[] {
  return argumentsOfEach(directives, directiveName)
}

function selectionsOf(fieldSet: string): SelectionSetNode {
  const [operation] = parse(`{${fieldSet}}`).definitions
  return (operation as { selectionSet: SelectionSetNode }).selectionSet
}

function fieldsWithArguments(fieldSet: string | undefined): FieldNode[] {
  const found: FieldNode[] = []
  if (fieldSet?.includes('('))
    for (const one of selectionsOf(fieldSet).selections)
      if (one.kind === Kind.FIELD && (one.arguments ?? []).length > 0) found.push(one)
  return found
}
