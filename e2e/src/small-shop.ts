import { randomUUID } from 'node:crypto'
import { fillShop, type StackOptions } from '@cartograph/local-stack'
import { startThrowAwayStack, type ThrowAwayStack } from './demo-stack.ts'
import { ask, signIn } from './shop-client.ts'

/** Something that a small shop sells, in one variant. */
export interface Goods {
  readonly title: string
  /** In pence. */
  readonly price: number
  readonly stock: number
  readonly grams?: number
}

/** What the shop sells, by the names that the test gave. */
export interface SoldGoods {
  readonly productId: string
  readonly variantId: string
  readonly sku: string
}

export type SmallShop<Name extends string> = ThrowAwayStack & {
  readonly goods: Record<Name, SoldGoods>
  /** The headers of an administrator. */
  readonly staff: { readonly authorization: string }
}

const createdAt = '2026-01-01T00:00:00.000Z'

const accounts = [
  { email: 'admin@example.com', displayName: 'Imani Brooks', role: 'ADMIN' },
  { email: 'ada@example.com', displayName: 'Ada Lovelace', role: 'CUSTOMER' },
  { email: 'bob@example.com', displayName: 'Bob Babbage', role: 'CUSTOMER' },
] as const

type ShopRecord = Extract<Parameters<typeof fillShop>[1], Iterable<unknown>> extends Iterable<infer Each> ? Each : never

function* recordsOf(sold: Readonly<Record<string, Goods>>): Generator<ShopRecord> {
  const categoryId = randomUUID()
  yield { kind: 'category', id: categoryId, parentId: null, slug: 'goods', name: 'Goods', position: 1 }
  for (const [name, { title, price, stock, grams = 300 }] of Object.entries(sold)) {
    const [variantId, sku] = [randomUUID(), name.toUpperCase()]
    yield {
      kind: 'product',
      id: randomUUID(),
      slug: name,
      title,
      description: '',
      brand: null,
      categoryIds: [categoryId],
      createdAt,
      variants: [{ id: variantId, sku, title, price, compareAtPrice: null, currencyCode: 'GBP', weight: grams }],
    }
    yield { kind: 'stock', variantId, sku, received: stock, lowStockThreshold: 0 }
  }
  for (const { email, displayName, role } of accounts)
    yield {
      kind: 'customer',
      id: randomUUID(),
      email,
      displayName,
      roles: [role],
      demoPassword: true,
      preferredCurrency: 'GBP',
      createdAt,
      address: null,
    }
}

/** A shop that sells these goods, and in which an administrator, Ada and Bob have accounts; for exact values. */
export async function startSmallShop<Name extends string>(
  sold: Readonly<Record<Name, Goods>>,
  options: Partial<StackOptions> = {},
): Promise<SmallShop<Name>> {
  const stack = await startThrowAwayStack(async (_, databases) => {
    await fillShop(databases, recordsOf(sold))
  }, options)
  const goods: Record<string, SoldGoods> = {}
  for (const name of Object.keys(sold)) {
    const { data } = await ask<{ productBySlug: { id: string; variants: [{ id: string; sku: string }] } }>(
      stack.url,
      'query ($slug: String!) { productBySlug(slug: $slug) { id variants { id sku } } }',
      { slug: name },
    )
    const { id, variants } = data.productBySlug
    goods[name] = { productId: id, variantId: variants[0].id, sku: variants[0].sku }
  }
  return { ...stack, goods, staff: await signIn(stack.url, 'admin@example.com') }
}
