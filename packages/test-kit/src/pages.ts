import { expect } from 'vitest'

/** A page of a connection, as far as a query asks for it; `Edge` is what its edges have beside node and cursor. */
export interface Page<Node, Edge = unknown> {
  readonly edges: (Edge & { readonly node: Node; readonly cursor: string })[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  readonly totalCount: number
}

/**
 * The edges of a whole list in its order, read from one end to the other in pages of `size`. Fails when a page does not
 * know whether there is something behind it: nothing on the first, always something on the others.
 */
export async function readAll<Node, Edge>(
  list: (page: object) => Promise<Page<Node, Edge>>,
  direction: 'forward' | 'backward',
  size: number,
): Promise<Page<Node, Edge>['edges']> {
  const forward = direction === 'forward'
  const edges: Page<Node, Edge>['edges'] = []
  for (let cursor: string | null = null; ;) {
    const page: Page<Node, Edge> = await list(forward ? { first: size, after: cursor } : { last: size, before: cursor })
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo
    if (forward) edges.push(...page.edges)
    else edges.unshift(...page.edges)
    expect(forward ? hasPreviousPage : hasNextPage).toBe(cursor !== null)
    if (!(forward ? hasNextPage : hasPreviousPage)) return edges
    cursor = forward ? endCursor : startCursor
  }
}
