import { Kind, type TypeNode } from 'graphql'

/** The name of a type without its lists and its bangs. */
export function typeNameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : typeNameOf(type.type)
}
