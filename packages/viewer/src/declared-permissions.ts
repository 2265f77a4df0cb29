import { Kind, parse, type TypeNode } from 'graphql'
import { type DeclaredPermission, declaredPermissions, type Grantee } from './declared-permission.ts'

/**
 * The permissions that a supergraph declares with @authenticated and @requiresScopes, on fields, on the types that have
 * them and on the types that they give. All that apply to a field must be granted.
 */
export class DeclaredPermissions {
  readonly #ofField = new Map<string, readonly DeclaredPermission[]>()

  constructor(supergraphSdl: string) {
    const { definitions } = parse(supergraphSdl)
    const ofType = new Map<string, DeclaredPermission[]>()
    for (const node of definitions) {
      if ('name' in node && node.name && 'directives' in node)
        ofType.set(node.name.value, declaredPermissions(node.directives))
    }
    for (const node of definitions) {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
      for (const field of node.fields ?? []) {
        const permissions = [
          ...(ofType.get(node.name.value) ?? []),
          ...declaredPermissions(field.directives),
          ...(ofType.get(namedType(field.type)) ?? []),
        ]
        if (permissions.length > 0) this.#ofField.set(`${node.name.value}.${field.name.value}`, permissions)
      }
    }
  }

  /** What `viewer` may not select. */
  refusalsOf(viewer: Grantee): (typeName: string, fieldName: string) => boolean {
    return (typeName, fieldName) =>
      this.#ofField.get(`${typeName}.${fieldName}`)?.some((permission) => !permission.isGranted(viewer)) ?? false
  }

  /** What applies to a field of an object. */
  ofField(typeName: string, fieldName: string): readonly DeclaredPermission[] {
    return this.#ofField.get(`${typeName}.${fieldName}`) ?? []
  }
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
}
