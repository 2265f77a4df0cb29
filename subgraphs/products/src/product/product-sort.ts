import type { KeyShape } from '@cartograph/keyset-paging'
import { Prisma } from '../database.ts'
import type { ProductCondition } from './product-condition.ts'

export type ProductSort = 'RELEVANCE' | 'PRICE_ASC' | 'PRICE_DESC' | 'NEWEST'

interface SortOrder {
  readonly name: string
  /** What rows are ordered by, before the id. */
  readonly expression: Prisma.Sql
  /** The same as a cursor can carry it. */
  readonly key: Prisma.Sql
  readonly keyKind: KeyShape[number]
  readonly castTo: Prisma.Sql
  readonly descending: boolean
}

const price = (descending: boolean): SortOrder => ({
  name: descending ? 'PRICE_DESC' : 'PRICE_ASC',
  expression: Prisma.sql`p.min_price`,
  key: Prisma.sql`p.min_price`,
  keyKind: 'integer',
  castTo: Prisma.sql`int`,
  descending,
})

/** Of a million, so that a score is an integer and a cursor finds exactly the row it was made for. */
function relevance({ query }: ProductCondition): SortOrder {
  const score = Prisma.sql`(1000000 * (ts_rank(p.search, websearch_to_tsquery('english', ${query})) + word_similarity(${query}, p.title)))::int`
  return {
    name: 'RELEVANCE',
    expression: score,
    key: score,
    keyKind: 'integer',
    castTo: Prisma.sql`int`,
    descending: true,
  }
}

export const sortOrders: Record<ProductSort, (condition: ProductCondition) => SortOrder> = {
  RELEVANCE: relevance,
  PRICE_ASC: () => price(false),
  PRICE_DESC: () => price(true),
  NEWEST: () => ({
    name: 'NEWEST',
    expression: Prisma.sql`p.created_at`,
    key: Prisma.sql`p.created_at`,
    keyKind: 'instant',
    castTo: Prisma.sql`timestamptz`,
    descending: true,
  }),
}
