import { type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode, type ValidationRule } from 'graphql'

/**
 * Refuses operations that nest fields deeper than `most` levels; introspection may. The catalogue has cycles (a product
 * has variants, which have a product), and each round multiplies the answer: unbounded, a page of text exhausts memory.
 */
export function depthLimit(most: number): ValidationRule {
  return (context) => ({
    OperationDefinition(operation) {
      const depthOfFragment = new Map<string, number>()
      const depthOf = (selectionSet: SelectionSetNode): number => {
        let deepest = 0
        for (const selection of selectionSet.selections) {
          if (selection.kind === Kind.FIELD) {
            const below =
              selection.selectionSet && !selection.name.value.startsWith('__') ? depthOf(selection.selectionSet) : 0
            deepest = Math.max(deepest, 1 + below)
          } else if (selection.kind === Kind.INLINE_FRAGMENT)
            deepest = Math.max(deepest, depthOf(selection.selectionSet))
          else deepest = Math.max(deepest, depthOfSpread(context.getFragment(selection.name.value)))
        }
        return deepest
      }
      const depthOfSpread = (fragment: FragmentDefinitionNode | null | undefined): number => {
        if (!fragment) return 0
        const { value: name } = fragment.name
        const known = depthOfFragment.get(name)
        if (known !== undefined) return known
        // A fragment within itself is another rule's finding; here it only must not go round for ever.
        depthOfFragment.set(name, 0)
        const depth = depthOf(fragment.selectionSet)
        depthOfFragment.set(name, depth)
        return depth
      }
      const depth = depthOf(operation.selectionSet)
      if (depth <= most) return
      context.reportError(
        new GraphQLError(`The operation nests ${depth} levels of fields; at most ${most} are allowed.`, {
          nodes: operation,
        }),
      )
    },
  })
}
