import type { CategoryRecord } from '@cartograph/contracts'
import { stableUuid } from '../stable-uuid.ts'
import { CATEGORY_TREE, type CategoryNode } from './category-table.ts'

/** What the products of a leaf have in common: how their SKUs begin, and about how many grams they weigh. */
export interface CategoryLeaf {
  readonly code: string
  readonly grams: number
}

/** The id of a node of CATEGORY_TREE. */
export function categoryId(key: string): string {
  return stableUuid('demo-shop/category', key)
}

/** The records of CATEGORY_TREE, each parent before its children. */
export function buildCategories(
  nodes: readonly CategoryNode[] = CATEGORY_TREE,
  parentId: string | null = null,
): CategoryRecord[] {
  return nodes.flatMap(({ key, name, children = [] }, position) => {
    const id = categoryId(key)
    return [{ kind: 'category', id, parentId, slug: key, name, position }, ...buildCategories(children, id)]
  })
}

/** The leaves of the tree, by their keys. */
export function categoryLeaves(nodes: readonly CategoryNode[] = CATEGORY_TREE): Map<string, CategoryLeaf> {
  return new Map(
    nodes.flatMap(({ key, code, grams, children = [] }) =>
      code === undefined || grams === undefined ? [...categoryLeaves(children)] : [[key, { code, grams }] as const],
    ),
  )
}
