import { requestError } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { fromDecimal, type Money } from '@cartograph/money'
import type { MoneyInput, ProductFilter, QueryResolvers } from '../../generated/resolvers.ts'
import { listProducts } from '../../product/list-products.ts'
import type { ProductCondition } from '../../product/product-condition.ts'

export const products: QueryResolvers['products'] = (_, { filter, sort, ...page }, { db }) =>
  listProducts(db, conditionOf(filter ?? {}), sort, page)

function conditionOf(filter: ProductFilter): ProductCondition {
  const query = filter.query?.trim() || null
  if (query && query.length > 200) throw requestError('BAD_USER_INPUT', 'A search has at most 200 characters.')
  return {
    query,
    categoryId: filter.categoryId == null ? null : fromGlobalId('Category', filter.categoryId),
    minPrice: bound('minPrice', filter.minPrice),
    maxPrice: bound('maxPrice', filter.maxPrice),
    brands: filter.brand ?? null,
  }
}

function bound(name: string, input: MoneyInput | null | undefined): Money | null {
  if (input == null) return null
  const amount = fromDecimal(input.amount, input.currencyCode)
  if (!amount || Math.abs(amount.minorUnits) > 2_000_000_000)
    throw requestError('BAD_USER_INPUT', `${name} is not an amount of money.`)
  return amount
}
