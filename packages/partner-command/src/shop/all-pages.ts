/** A Relay connection, as far as pages need it. */
export interface Connection<Edge> {
  readonly edges: readonly Edge[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** The edges of every page, asked for one after another. */
export async function allPages<Edge>(page: (after: string | null) => Promise<Connection<Edge>>): Promise<Edge[]> {
  const edges: Edge[] = []
  let after: string | null = null
  do {
    const connection: Connection<Edge> = await page(after)
    edges.push(...connection.edges)
    after = connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null
  } while (after !== null)
  return edges
}
