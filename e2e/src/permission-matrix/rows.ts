import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root, type Subgraph } from '@cartograph/local-stack'
import {
  type DirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
} from 'graphql'

/** A field of the matrix: one that a request can begin at, or one of an object that `_entities` gives. */
export interface Row {
  /** `node` is answered within the gateway: it has no other door. */
  readonly subgraph: Subgraph | 'node'
  /** `Query.cart`, `User.email`. */
  readonly coordinate: string
  readonly typeName: string
  readonly fieldName: string
  readonly isRoot: boolean
  /** Whether it gives objects, of which a request must select something. */
  readonly givesObjects: boolean
}

/** Every root field and every field of every entity, of each subgraph, as its SDL declares it. */
export function matrixRows(): Row[] {
  return [
    'gateway/src/node/schema.graphql',
    ...globSync('subgraphs/*/schema.graphql', { cwd: root }).toSorted(),
  ].flatMap((file) => {
    const { definitions } = parse(readFileSync(path.join(root, file), 'utf8'))
    const leaves = new Set(['ID', 'String', 'Int', 'Float', 'Boolean'])
    for (const node of definitions)
      if (node.kind === Kind.SCALAR_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_DEFINITION)
        leaves.add(node.name.value)
    const types = definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION)
    return types
      .filter((type) => isRoot(type) || isResolvableEntity(type))
      .flatMap((type) =>
        (type.fields ?? [])
          .filter((field) => !has(field.directives, 'external'))
          .map((field) => ({
            subgraph: path.basename(path.dirname(file)) as Row['subgraph'],
            coordinate: `${type.name.value}.${field.name.value}`,
            typeName: type.name.value,
            fieldName: field.name.value,
            isRoot: isRoot(type),
            givesObjects: !leaves.has(namedType(field)),
          })),
      )
  })
}

function isRoot({ name }: ObjectTypeDefinitionNode): boolean {
  return name.value === 'Query' || name.value === 'Mutation'
}

function isResolvableEntity({ directives }: ObjectTypeDefinitionNode): boolean {
  const keys = (directives ?? []).filter(({ name }) => name.value === 'key')
  const cannot = (key: DirectiveNode) =>
    key.arguments?.some(({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value)
  return keys.some((key) => !cannot(key))
}

function has(directives: readonly DirectiveNode[] | undefined, name: string): boolean {
  return directives?.some((directive) => directive.name.value === name) ?? false
}

function namedType({ type }: FieldDefinitionNode): string {
  let at: TypeNode = type
  while (at.kind !== Kind.NAMED_TYPE) at = at.type
  return at.name.value
}
