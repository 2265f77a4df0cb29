import { listLoaderOf, loaderOf } from '@cartograph/service-runtime'
import {
  findCategories,
  findCategoriesBySlug,
  findCategoriesOfProducts,
  findChildCategories,
} from './category/find-categories.ts'
import type { Database } from './database.ts'
import {
  findProducts,
  findProductsBySlug,
  findVariants,
  findVariantsBySku,
  findVariantsOfProducts,
} from './product/find-products.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** One request's loaders: whatever a list's items ask for in one tick is one statement. */
export function createLoaders(db: Database) {
  return {
    product: loaderOf(
      (ids) => findProducts(db, ids),
      (product) => product.id,
    ),
    productBySlug: loaderOf(
      (slugs) => findProductsBySlug(db, slugs),
      (product) => product.slug,
    ),
    variant: loaderOf(
      (ids) => findVariants(db, ids),
      (variant) => variant.id,
    ),
    variantBySku: loaderOf(
      (skus) => findVariantsBySku(db, skus),
      (variant) => variant.sku,
    ),
    variantsOfProduct: listLoaderOf(
      (ids) => findVariantsOfProducts(db, ids),
      (variant) => variant.productId,
    ),
    category: loaderOf(
      (ids) => findCategories(db, ids),
      (category) => category.id,
    ),
    categoryBySlug: loaderOf(
      (slugs) => findCategoriesBySlug(db, slugs),
      (category) => category.slug,
    ),
    childrenOfCategory: listLoaderOf(
      (ids) => findChildCategories(db, ids),
      (category) => category.parentId ?? '',
    ),
    categoriesOfProduct: listLoaderOf(
      (ids) => findCategoriesOfProducts(db, ids),
      (category) => category.productId,
    ),
  }
}
