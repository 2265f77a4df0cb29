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
import type { IsRefused } from './declared-permissions.ts'

const typeNameField: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

export interface AllowedDocument {
  readonly document: DocumentNode
  /** Under which key an answer tells the type of an object that could have been of several: none of the client's. */
  readonly typeNameKey: string
}

/**
 * `document` without the fields that are refused, so that they are neither planned nor fetched; or null when it may be
 * run as it is. Where an object could be of several types the document also asks which it is, under a key of
 * its own, so that `projectAnswer` knows what its client would have been given. Expects a document that is valid for `schema`.
 */
export function allowedDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  isRefused: IsRefused,
): AllowedDocument | null {
  const typeNameKey = unusedKey(document)
  const keyedTypeNameField = { ...typeNameField, alias: { kind: Kind.NAME, value: typeNameKey } } as const
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
          const parent = typeInfo.getParentType()
          if (isAbstractType(parent)) return { ...node, selections: [keyedTypeNameField, ...node.selections] }
          return node.selections.length === 0 ? { ...node, selections: [typeNameField] } : undefined
        },
      },
    }),
  )
  return refusesAny ? { document: allowed, typeNameKey } : null
}

function unusedKey(document: DocumentNode): string {
  const used = new Set<string>()
  visit(document, { Field: ({ alias }) => void (alias && used.add(alias.value)) })
  let key = 'permissions__typename'
  while (used.has(key)) key = `_${key}`
  return key
}
