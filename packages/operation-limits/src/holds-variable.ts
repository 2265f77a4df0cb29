import { type ValueNode, visit } from 'graphql'

/** Whether the variables of a request decide what `node` is. */
export function holdsVariable(node: ValueNode): boolean {
  let found = false
  visit(node, { Variable: () => void (found = true) })
  return found
}
