import type { CategoryRecord } from '@cartograph/contracts'
import { stableUuid } from '../stable-uuid.ts'
import { CATEGORY_RULES, OCCASION_RULES } from './category-rules.ts'
import { RETAIL_CATEGORY_TREE } from './category-tree.ts'

/** The key of the category for what no rule matches. */
export const OTHER = 'other'
const NAMES = new Map(RETAIL_CATEGORY_TREE.flatMap(({ key, name, leaves }) => [[key, name] as const, ...leaves]))
const compiled = (rules: typeof CATEGORY_RULES): { leaf: string; phrases: string[] }[] =>
  rules.map(([leaf, phrases]) => ({ leaf, phrases: phrases.split(', ').map(normalised) }))
const RULES = compiled(CATEGORY_RULES)
const OCCASIONS = compiled(OCCASION_RULES)

/** A category as a product names it. */
export interface DerivedCategory {
  readonly key: string
  readonly name: string
}

/** The id of a category of RETAIL_CATEGORY_TREE. */
export function retailCategoryId(key: string): string {
  return stableUuid('online-retail/category', key)
}

/** The records of RETAIL_CATEGORY_TREE, each root before its leaves. */
export function retailCategories(): CategoryRecord[] {
  return RETAIL_CATEGORY_TREE.flatMap(({ key, name, leaves }, position) => [
    categoryRecord(key, name, null, position),
    ...leaves.map(([leaf, leafName], place) => categoryRecord(leaf, leafName, retailCategoryId(key), place)),
  ])
}

/** One or two leaves for a title: by its first matching rule, and by its occasion; "other" when nothing matches. */
export function deriveCategories(title: string): DerivedCategory[] {
  const text = normalised(title)
  const keys = [leafOf(text, RULES), leafOf(text, OCCASIONS)].filter((key) => key !== null)
  return (keys.length === 0 ? [OTHER] : keys).map((key) => ({ key, name: NAMES.get(key) ?? key }))
}

function leafOf(text: string, rules: typeof RULES): string | null {
  return rules.find(({ phrases }) => phrases.some((phrase) => text.includes(phrase)))?.leaf ?? null
}

/** Words in small letters and the singular, with a blank on each side of each, so that `includes` finds whole words. */
function normalised(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/'s?\b/g, '')
    .split(/[^a-z0-9]+/)
  return ` ${words
    .filter((word) => word !== '')
    .map(singular)
    .join(' ')} `
}

function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us)$/.test(word)) return word
  return word
    .replace(/ies$/, 'y')
    .replace(/(x|sh|ch|ss)es$/, '$1')
    .replace(/s$/, '')
}

function categoryRecord(key: string, name: string, parentId: string | null, position: number): CategoryRecord {
  return { kind: 'category', id: retailCategoryId(key), parentId, slug: `wholesale-${key}`, name, position }
}
