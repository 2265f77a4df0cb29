import { cursorEncoder, type CursorKey } from './cursor.ts'
import type { PageRequest } from './page-request.ts'

export interface PageInfo {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly startCursor: string | null
  readonly endCursor: string | null
}

export interface Edge<Node> {
  readonly node: Node
  readonly cursor: string
}

export interface Connection<Node> {
  readonly edges: Edge<Node>[]
  readonly pageInfo: PageInfo
}

/**
 * The connection for `rows`, which the query read with a limit of `page.size + 1` in the direction of the page; the row
 * too many says that there is more and is dropped. Backward pages are turned into the list's order. As Relay allows,
 * the flag against the direction of reading is true exactly when the page started from a cursor. Cursors are made when
 * they are read: most lists are shown without.
 */
export function connection<Row, Node>(
  page: PageRequest,
  rows: readonly Row[],
  keyOf: (row: Row) => CursorKey,
  nodeOf: (row: Row) => Node,
): Connection<Node> {
  const more = rows.length > page.size
  const taken = rows.slice(0, page.size)
  if (page.backward) taken.reverse()
  const encode = cursorEncoder(page.list)
  const edges = taken.map((row) => new KeyedEdge(nodeOf(row), row, keyOf, encode))
  const continued = page.from !== null
  return {
    edges,
    pageInfo: {
      hasNextPage: page.backward ? continued : more,
      hasPreviousPage: page.backward ? more : continued,
      get startCursor() {
        return edges[0]?.cursor ?? null
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null
      },
    },
  }
}

class KeyedEdge<Row, Node> implements Edge<Node> {
  readonly node: Node
  readonly #row: Row
  readonly #keyOf: (row: Row) => CursorKey
  readonly #encode: (key: CursorKey) => string

  constructor(node: Node, row: Row, keyOf: (row: Row) => CursorKey, encode: (key: CursorKey) => string) {
    this.node = node
    this.#row = row
    this.#keyOf = keyOf
    this.#encode = encode
  }

  get cursor(): string {
    return this.#encode(this.#keyOf(this.#row))
  }
}
