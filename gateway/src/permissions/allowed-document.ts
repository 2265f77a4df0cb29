import type { IsRefused } from '@cartograph/plan-executor'
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

const typeNameField: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

/**
 * `document` without the fields that are refused, so that they are neither planned nor fetched; or null when nothing of it
 * is. Expects a document that is valid for `schema`.
 */
export function allowedDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  isRefused: IsRefused,
): DocumentNode | null {
  const typeInfo = new TypeInfo(schema)
  let refusesAny = false
  const allowed = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const parent = typeInfo.getParentType()
        if (!parent) return undefined
        // On an interface only the object tells; what it may not tell is taken out of the answer.
        const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent]
        const refused = possible.filter((type) => isRefused(type.name, node.name.value))
        if (refused.length === 0) return undefined
        refusesAny = true
        return refused.length === possible.length ? null : undefined
      },
      SelectionSet: {
        leave(node): SelectionSetNode | undefined {
          return node.selections.length === 0 ? { ...node, selections: [typeNameField] } : undefined
        },
      },
    }),
  )
  return refusesAny ? allowed : null
}
