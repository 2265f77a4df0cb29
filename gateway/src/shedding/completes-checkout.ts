import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'

/** The root fields after which a buyer has paid: who has come so far is served as long as anybody is. */
const completing = ['checkoutComplete', 'checkoutContinue']

/**
 * Whether a request may complete a checkout, before anything is parsed: false only where it cannot. A request without a
 * document names one that is stored, by its id or hash.
 */
export function mayCompleteCheckout(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false
  const { query, documentId, extensions } = body as { query?: unknown; documentId?: unknown; extensions?: unknown }
  if (typeof query !== 'string') return documentId !== undefined || extensions !== undefined
  return completing.some((field) => query.includes(field))
}

/** Whether `operation` selects, at its root, a field that completes a checkout. */
export function completesCheckout(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const seen = new Set<string>()
  const within = ({ selections }: SelectionSetNode): boolean =>
    selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return completing.includes(selection.name.value)
      if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet)
      const { value: name } = selection.name
      if (seen.has(name)) return false
      seen.add(name)
      return document.definitions.some(
        (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name && within(node.selectionSet),
      )
    })
  return within(operation.selectionSet)
}
