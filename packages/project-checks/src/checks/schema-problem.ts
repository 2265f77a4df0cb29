import type { ConstDirectiveNode, NameNode } from 'graphql'

export interface SchemaProblem {
  readonly node: { readonly name: NameNode }
  readonly message: string
}

/** The directive of that name on a node, if it has one. */
export function directiveOf(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }, name: string) {
  return node.directives?.find((directive) => directive.name.value === name)
}
