import { apiDocument } from '@cartograph/composition/api-document'
import { DeclaredPermissions } from '@cartograph/viewer'
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeDefinitionNode,
  visit,
} from 'graphql'
import { reachableTypes } from './reachable-types.ts'
import { typeNameOf } from './type-name.ts'

const roots = new Set(['Query', 'Mutation'])

/**
 * What partners with these scopes may use of a supergraph, as SDL's AST: the root fields with @tag(name: "partner"), and what can
 * be reached from them; but no type with @tag(name: "private"), and nothing that asks for a permission which they lack. Null
 * scopes are all that there are.
 */
export function partnerDocument(supergraphSdl: string, scopes: readonly string[] | null): DocumentNode {
  const api = apiDocument(supergraphSdl, ['tag'])
  const types = api.definitions.filter(isTypeDefinition)
  const isPrivate = new Set(types.filter((type) => hasTag(type, 'private')).map(({ name }) => name.value))
  const isRefused =
    scopes === null
      ? () => false
      : new DeclaredPermissions(supergraphSdl).refusalsOf({ kind: 'partner', scopes: [...scopes] })
  const mayUse = (type: string, field: FieldDefinitionNode) =>
    (!roots.has(type) || hasTag(field, 'partner')) &&
    !isPrivate.has(typeNameOf(field.type)) &&
    !isRefused(type, field.name.value)
  const usable = types
    .filter(({ name }) => !isPrivate.has(name.value))
    .map((type) => ('fields' in type && type.kind === Kind.OBJECT_TYPE_DEFINITION ? withFields(type, mayUse) : type))
    .filter((type) => !(roots.has(type.name.value) && 'fields' in type && type.fields?.length === 0))
  const reached = reachableTypes(usable, [...roots])
  return visit(
    { kind: Kind.DOCUMENT, definitions: usable.filter(({ name }) => reached.has(name.value)) },
    {
      Directive: ({ name }) => (name.value === 'tag' ? null : undefined),
    },
  )
}

function withFields(
  type: ObjectTypeDefinitionNode,
  mayUse: (typeName: string, field: FieldDefinitionNode) => boolean,
): ObjectTypeDefinitionNode {
  return { ...type, fields: (type.fields ?? []).filter((field) => mayUse(type.name.value, field)) }
}

function isTypeDefinition(node: DocumentNode['definitions'][number]): node is TypeDefinitionNode {
  return node.kind.endsWith('TypeDefinition')
}

function hasTag({ directives }: { readonly directives?: readonly ConstDirectiveNode[] | undefined }, tag: string) {
  return (directives ?? []).some(
    ({ name, arguments: given }) =>
      name.value === 'tag' && given?.some(({ value }) => value.kind === Kind.STRING && value.value === tag),
  )
}
