import { declaredPermissions } from '@cartograph/viewer'
import { type DocumentNode, type FieldDefinitionNode, Kind, parse, type SelectionSetNode, type TypeNode } from 'graphql'
import { directiveOf, type SchemaProblem } from './schema-problem.ts'

const roots = ['Query', 'Mutation', 'Subscription']

/** Root fields that do not say who may call them: each has a permission, or @public with a reason, and not both. */
export function rootPermissionProblems(document: DocumentNode): SchemaProblem[] {
  return objectTypes(document)
    .filter((type) => roots.includes(type.name.value))
    .flatMap((type) =>
      (type.fields ?? []).flatMap((field) => {
        const open = directiveOf(field, 'public')
        const reason = open?.arguments?.find(({ name }) => name.value === 'reason')?.value
        const restricted = declaredPermissions(field.directives).length > 0
        const problem =
          open && restricted
            ? 'is @public and has a permission: say one of the two'
            : !open && !restricted
              ? 'says not who may call it: give it @authenticated, @requiresScopes, or @public with a reason'
              : open && !(reason?.kind === Kind.STRING && reason.value.trim())
                ? 'is @public without a reason'
                : null
        return problem ? [{ node: field, message: `${type.name.value}.${field.name.value} ${problem}` }] : []
      }),
    )
}

/**
 * Fields that @requires something better protected than they are, across all subgraphs: the gateway fetches what is
 * required for whoever may see the field, so the field would tell what its viewer may not read.
 */
export function requiredPermissionProblems(
  documents: Readonly<Record<string, DocumentNode>>,
): { readonly file: string; readonly problem: SchemaProblem }[] {
  const declared = declaredFields(Object.values(documents))
  return Object.entries(documents).flatMap(([file, document]) =>
    objectTypes(document).flatMap((type) =>
      (type.fields ?? []).flatMap((field) => {
        const required = directiveOf(field, 'requires')?.arguments?.find(({ name }) => name.value === 'fields')?.value
        if (required?.kind !== Kind.STRING) return []
        const own = declared.get(type.name.value)?.get(field.name.value)?.permissions ?? new Set()
        const [selected] = parse(`{ ${required.value} }`).definitions
        const set = selected?.kind === Kind.OPERATION_DEFINITION ? selected.selectionSet : null
        return coordinatesIn(set, type.name.value, declared).flatMap(([typeName, fieldName]) => {
          const lacking = [...(declared.get(typeName)?.get(fieldName)?.permissions ?? [])].filter(
            (name) => !own.has(name),
          )
          const message = `${type.name.value}.${field.name.value} requires ${typeName}.${fieldName} but not its permission: ${lacking.join(', ')}`
          return lacking.length > 0 ? [{ file, problem: { node: field, message } }] : []
        })
      }),
    ),
  )
}

interface DeclaredField {
  readonly type: string
  /** Of the field and of its type, from every subgraph that declares it. */
  readonly permissions: Set<string>
}

function declaredFields(documents: readonly DocumentNode[]): Map<string, Map<string, DeclaredField>> {
  const declared = new Map<string, Map<string, DeclaredField>>()
  for (const type of documents.flatMap(objectTypes)) {
    const fields = declared.get(type.name.value) ?? new Map<string, DeclaredField>()
    declared.set(type.name.value, fields)
    for (const field of type.fields ?? []) {
      const known = fields.get(field.name.value) ?? { type: namedType(field), permissions: new Set<string>() }
      for (const { name } of declaredPermissions([...(type.directives ?? []), ...(field.directives ?? [])]))
        known.permissions.add(name)
      fields.set(field.name.value, known)
    }
  }
  return declared
}

function coordinatesIn(
  set: SelectionSetNode | null | undefined,
  typeName: string,
  declared: ReadonlyMap<string, ReadonlyMap<string, DeclaredField>>,
): [type: string, field: string][] {
  return (set?.selections ?? []).flatMap((selection): [string, string][] => {
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return coordinatesIn(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, declared)
    if (selection.kind !== Kind.FIELD) return []
    const below = declared.get(typeName)?.get(selection.name.value)?.type
    return [
      [typeName, selection.name.value],
      ...(below === undefined ? [] : coordinatesIn(selection.selectionSet, below, declared)),
    ]
  })
}

function objectTypes(document: DocumentNode) {
  return document.definitions.filter(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
  )
}

function namedType({ type }: FieldDefinitionNode): string {
  let at: TypeNode = type
  while (at.kind !== Kind.NAMED_TYPE) at = at.type
  return at.name.value
}
