import { type Database, Prisma } from '../database.ts'
import type { Category } from './category.ts'

const columns = Prisma.sql`c.id, c.parent_id as "parentId", c.slug, c.name`

/** The categories with these ids, in no order; unknown ids are left out. */
export async function findCategories(db: Database, ids: readonly string[]): Promise<Category[]> {
  return db.$queryRaw<Category[]>`select ${columns} from category c where c.id = any(${ids}::uuid[])`
}

export async function findCategoriesBySlug(db: Database, slugs: readonly string[]): Promise<Category[]> {
  return db.$queryRaw<Category[]>`select ${columns} from category c where c.slug = any(${slugs}::text[])`
}

/** The children of these categories, those of one parent in their order. */
export async function findChildCategories(db: Database, parentIds: readonly string[]): Promise<Category[]> {
  return db.$queryRaw<Category[]>`
    select ${columns} from category c where c.parent_id = any(${parentIds}::uuid[]) order by c.parent_id, c.position, c.slug`
}

/** The categories without a parent, in their order. */
export async function findRootCategories(db: Database): Promise<Category[]> {
  return db.$queryRaw<
    Category[]
  >`select ${columns} from category c where c.parent_id is null order by c.position, c.slug`
}

/** The categories that each of these products is listed in, by name. */
export async function findCategoriesOfProducts(
  db: Database,
  productIds: readonly string[],
): Promise<(Category & { readonly productId: string })[]> {
  return db.$queryRaw<(Category & { readonly productId: string })[]>`
    select pc.product_id as "productId", ${columns} from product_category pc join category c on c.id = pc.category_id
    where pc.product_id = any(${productIds}::uuid[]) order by pc.product_id, c.name`
}
