import type { CategoryRecord } from '@cartograph/contracts'
import { stableUuid } from '../stable-uuid.ts'
import { CATEGORY_TREE, type CategoryNode } from './category-table.ts'

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

/** The beginnings of the SKUs, by the key of the leaf. */
export function skuCodes(nodes: readonly CategoryNode[] = CATEGORY_TREE): Map<string, string> {
  const own = nodes.flatMap(({ key, code }) => (code === undefined ? [] : [[key, code] as const]))
  return new Map([...own, ...nodes.flatMap(({ children = [] }) => [...skuCodes(children)])])
}
