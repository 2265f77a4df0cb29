import type { FieldInsight, FieldPermission } from '@cartograph/playground'
import type { DeclaredPermission, Grantee } from '@cartograph/viewer'
import type { FieldOwners } from './field-owners.ts'
import type { SelectedField } from './selected-fields.ts'

/** The permissions that apply to a field of an object; all of them are needed. */
export type PermissionsOfField = (typeName: string, fieldName: string) => readonly DeclaredPermission[]

/**
 * Who answers each of `fields`, and what `viewer` needs to see it. A field of an interface is followed by those of the
 * objects behind it that need something, for permissions stand on objects alone.
 */
export function fieldInsights(
  fields: readonly SelectedField[],
  owners: FieldOwners,
  permissionsOf: PermissionsOfField,
  viewer: Grantee,
): FieldInsight[] {
  const insights = new Map<string, FieldInsight>()
  const add = (typeName: string, fieldName: string, permission: FieldPermission | null) => {
    const coordinate = `${typeName}.${fieldName}`
    insights.set(coordinate, { coordinate, owners: owners.of(typeName, fieldName), permission })
  }
  for (const { typeName, fieldName, possibleTypes } of fields) {
    add(typeName, fieldName, permissionOf(permissionsOf(typeName, fieldName), viewer))
    for (const possible of possibleTypes) {
      const permission = permissionOf(permissionsOf(possible, fieldName), viewer)
      if (permission) add(possible, fieldName, permission)
    }
  }
  return [...insights.values()]
}

/** All of `permissions` as one. */
function permissionOf(permissions: readonly DeclaredPermission[], viewer: Grantee): FieldPermission | null {
  if (permissions.length === 0) return null
  return {
    authenticated: permissions.some(({ scopes }) => scopes === null),
    scopes: permissions.reduce<readonly (readonly string[])[]>((sets, { scopes }) => bothOf(sets, scopes ?? []), []),
    isGranted: permissions.every((permission) => permission.isGranted(viewer)),
  }
}

/** Each set of the one with each set of the other, where both have any. */
function bothOf(
  left: readonly (readonly string[])[],
  right: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  if (left.length === 0 || right.length === 0) return [...left, ...right]
  return left.flatMap((one) => right.map((other) => [...new Set([...one, ...other])].sort()))
}
