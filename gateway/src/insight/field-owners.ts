import { argumentsOfEach } from '@cartograph/composition/directive-arguments'
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type EnumTypeDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql'

type ComposedType = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

/**
 * Which subgraphs can answer each field of a supergraph, by what composition wrote of it with @join__type and @join__field.
 */
export class FieldOwners {
  readonly #ofField = new Map<string, readonly string[]>()

  constructor(supergraphSdl: string) {
    const { definitions } = parse(supergraphSdl)
    const graphs = namesOfGraphs(definitions)
    const types = definitions.filter(isComposedType)
    const interfaces = types.filter(({ kind }) => kind === Kind.INTERFACE_TYPE_DEFINITION)
    // Objects after interfaces, for a field that an interface object adds is said to be the interface's alone.
    for (const type of [...interfaces, ...types.filter((each) => !interfaces.includes(each))]) {
      const ofType = resolvingGraphs(type)
      for (const field of type.fields ?? []) {
        const joins = joinsOf(field.directives, 'join__field')
        const own = joins.filter(({ graph, external, usedOverridden }) => graph && !external && !usedOverridden)
        const owners = joins.length === 0 ? ofType : own.map(({ graph }) => String(graph))
        const named = owners.map((graph) => graphs.get(graph) ?? graph)
        this.#ofField.set(
          `${type.name.value}.${field.name.value}`,
          named.length > 0 ? named : this.#ofInterfaces(type, field.name.value),
        )
      }
    }
  }

  /** The names of the subgraphs that can answer a field, in the order of the supergraph; none for one it does not have. */
  of(typeName: string, fieldName: string): readonly string[] {
    return this.#ofField.get(`${typeName}.${fieldName}`) ?? []
  }

  #ofInterfaces({ interfaces = [] }: ComposedType, fieldName: string): readonly string[] {
    return [...new Set(interfaces.flatMap(({ name }) => this.of(name.value, fieldName)))]
  }
}

/** The subgraphs that have fields of their own in `type`; those that merely refer to it are left out. */
function resolvingGraphs(type: ComposedType): string[] {
  const joins = joinsOf(type.directives, 'join__type').filter(({ resolvable }) => resolvable !== false)
  return [...new Set(joins.map(({ graph }) => String(graph)))]
}

/** The names of subgraphs, by the names that they have as enum values. */
function namesOfGraphs(definitions: readonly DefinitionNode[]): ReadonlyMap<string, string> {
  const graphs = definitions.find(
    (node): node is EnumTypeDefinitionNode =>
      node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph',
  )
  return new Map(
    (graphs?.values ?? []).map(({ name, directives }) => [
      name.value,
      joinsOf(directives, 'join__graph')[0]?.name ?? name.value,
    ]),
  )
}

interface JoinArguments {
  readonly graph?: string
  readonly name?: string
  readonly resolvable?: boolean
  readonly external?: boolean
  readonly usedOverridden?: boolean
}

function joinsOf(directives: readonly ConstDirectiveNode[] | undefined, directiveName: string): JoinArguments[] {
  return argumentsOfEach(directives, directiveName)
}

function isComposedType(node: DefinitionNode): node is ComposedType {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
}
