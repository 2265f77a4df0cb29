import type { ASTNode, ConstDirectiveNode } from 'graphql'

export interface SchemaProblem {
  readonly node: ASTNode
  readonly message: string
}

/** The directive of that name on a node, if it has one. */
export function directiveOf(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }, name: string) {
  return node.directives?.find((directive) => directive.name.value === name)
}
