import { Kind, type TypeDefinitionNode } from 'graphql'
import { typeNameOf } from './type-name.ts'

/** The names of the types that can be selected or sent from `roots`, those with them: of an interface that a field gives also its objects. */
export function reachableTypes(types: readonly TypeDefinitionNode[], roots: readonly string[]): ReadonlySet<string> {
  const byName = new Map(types.map((type) => [type.name.value, type]))
  const objectsOf = (name: string) =>
    types.filter(
      (type) => type.kind === Kind.OBJECT_TYPE_DEFINITION && type.interfaces?.some((each) => each.name.value === name),
    )
  const reached = new Set<string>()
  // An interface that a reached object implements is there to be named; its other objects are not.
  const named = new Set<string>()
  const reach = (name: string) => {
    const type = byName.get(name)
    if (!type || reached.has(name)) return
    reached.add(name)
    if (type.kind === Kind.UNION_TYPE_DEFINITION) for (const member of type.types ?? []) reach(member.name.value)
    if (type.kind === Kind.INTERFACE_TYPE_DEFINITION) for (const object of objectsOf(name)) reach(object.name.value)
    if ('interfaces' in type) for (const each of type.interfaces ?? []) named.add(each.name.value)
    if (!('fields' in type)) return
    for (const field of type.fields ?? []) {
      reach(typeNameOf(field.type))
      if ('arguments' in field) for (const argument of field.arguments ?? []) reach(typeNameOf(argument.type))
    }
  }
  for (const root of roots) reach(root)
  return new Set([...reached, ...named])
}
