import { resolveUserErrorType } from '@cartograph/error-catalogue'
import { DateTime, Decimal, moneyResolvers } from '@cartograph/service-runtime'
import type { Resolvers } from '../generated/resolvers.ts'
import { Category } from './Category.ts'
import { productCreate } from './Mutation/productCreate.ts'
import { productPublish } from './Mutation/productPublish.ts'
import { productUnpublish } from './Mutation/productUnpublish.ts'
import { productUpdate } from './Mutation/productUpdate.ts'
import { variantPriceSet } from './Mutation/variantPriceSet.ts'
import { Product } from './Product.ts'
import { ProductConnection } from './ProductConnection.ts'
import { ProductVariant } from './ProductVariant.ts'
import { categories } from './Query/categories.ts'
import { category } from './Query/category.ts'
import { categoryBySlug } from './Query/categoryBySlug.ts'
import { product } from './Query/product.ts'
import { productBySlug } from './Query/productBySlug.ts'
import { products } from './Query/products.ts'

export const resolvers: Resolvers = {
  Query: { product, productBySlug, products, category, categoryBySlug, categories },
  Mutation: { productCreate, productUpdate, productPublish, productUnpublish, variantPriceSet },
  Product,
  ProductVariant,
  ProductConnection,
  Category,
  Money: moneyResolvers,
  UserError: { __resolveType: resolveUserErrorType },
  DateTime,
  Decimal,
}
