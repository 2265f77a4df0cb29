import { type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode, Kind, parse, visit } from 'graphql'
import { directiveOf, type SchemaProblem } from './schema-problem.ts'

/** Permissions on an interface, which routers read differently, and arguments in @requires, which give wrong values. */
export function directiveProblems(document: DocumentNode): SchemaProblem[] {
  return document.definitions.flatMap((type) => {
    const isInterface = type.kind === Kind.INTERFACE_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_EXTENSION
    const isObject = type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.OBJECT_TYPE_EXTENSION
    if (!isInterface && !isObject) return []
    const fields = type.fields ?? []
    const onInterface = isInterface ? [type, ...fields].filter(isRestricted) : []
    return [
      ...onInterface.map((node) => ({
        node,
        message: `${coordinate(type.name.value, node)}: an interface carries no permissions; put them on its types`,
      })),
      ...fields.filter(requiresWithArguments).map((node) => ({
        node,
        message: `${coordinate(type.name.value, node)}: arguments inside @requires give wrong values`,
      })),
    ]
  })
}

function isRestricted(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): boolean {
  return directiveOf(node, 'authenticated') !== undefined || directiveOf(node, 'requiresScopes') !== undefined
}

function requiresWithArguments(field: FieldDefinitionNode): boolean {
  const fields = directiveOf(field, 'requires')?.arguments?.find(({ name }) => name.value === 'fields')?.value
  if (fields?.kind !== Kind.STRING) return false
  let found = false
  visit(parse(`{ ${fields.value} }`), { Argument: () => void (found = true) })
  return found
}

function coordinate(type: string, node: { readonly name: { readonly value: string } }): string {
  return node.name.value === type ? type : `${type}.${node.name.value}`
}
