import { randomUUID } from 'node:crypto'
import { priceChanged, productChanged } from '@cartograph/contracts'
import { fromGlobalId, toGlobalId } from '@cartograph/global-ids'
import { eventually, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { productsUnderTest, type ProductsUnderTest } from './products-under-test.ts'

let products: ProductsUnderTest

beforeAll(async () => {
  products = await productsUnderTest()
})
afterAll(() => products.stop())

const editor = user(randomUUID(), ['products:read', 'products:write'])
const mutate = async (mutation: string, variables: object = {}) => {
  const { data, errors } = await products.ask<Record<string, unknown>>(editor, mutation, variables)
  expect(errors).toBeUndefined()
  return Object.values(data)[0]
}

let serial = 0
/** A draft with two variants, as UUIDs. */
async function newProduct(title = 'Copper Kettle') {
  serial += 1
  const variant = (size: string) => ({
    sku: `K-${serial}-${size}`,
    title: size,
    price: { amount: '10', currencyCode: 'GBP' },
    weight: 1_200,
  })
  const { product } = (await mutate(
    `mutation ($input: ProductCreateInput!) {
      productCreate(input: $input) { product { id variants { id weight } } userErrors { code } } }`,
    { input: { title, slug: `kettle-${serial}`, variants: [variant('Small'), variant('Large')] } },
  )) as { product: { id: string; variants: { id: string; weight: number }[] } }
  expect(product.variants.map(({ weight }) => weight)).toEqual([1_200, 1_200])
  return {
    id: fromGlobalId('Product', product.id),
    variantIds: product.variants.map(({ id }) => fromGlobalId('ProductVariant', id)),
  }
}
type NewProduct = Awaited<ReturnType<typeof newProduct>>

const publish = ({ id }: NewProduct) =>
  mutate('mutation ($id: ID!) { productPublish(productId: $id) { product { status } userErrors { code } } }', {
    id: toGlobalId('Product', id),
  })
const rename = ({ id }: NewProduct, title: string) =>
  mutate(
    'mutation ($id: ID!, $title: String) { productUpdate(productId: $id, input: { title: $title }) { userErrors { code } } }',
    { id: toGlobalId('Product', id), title },
  )
const setPrice = (variantId: string, amount: string, currencyCode = 'GBP') =>
  mutate(
    `mutation ($id: ID!, $price: MoneyInput!) {
      variantPriceSet(variantId: $id, price: $price) { variant { price { amount } } userErrors { code } } }`,
    { id: toGlobalId('ProductVariant', variantId), price: { amount, currencyCode } },
  )

/** What was told of one product or variant, in the order of its versions. */
const toldOf = (subscriber: ProductsUnderTest['carts'], aggregateId: string) =>
  subscriber.events
    .filter((event) => event.aggregateId === aggregateId)
    .toSorted((a, b) => a.aggregateVersion - b.aggregateVersion)
/** All that was ever published, delivered or not. */
const published = () => products.sql(`select name, data from pgboss.job where name like 'events-to-%' order by id`)

describe('product-changed', () => {
  test('is told of a new, an edited, a published and an archived product, each with a version of its own', async () => {
    const product = await newProduct()
    await publish(product)
    await rename(product, 'Tin Kettle')
    await mutate('mutation ($id: ID!) { productUnpublish(productId: $id) { userErrors { code } } }', {
      id: toGlobalId('Product', product.id),
    })
    const payload = { productId: product.id, categoryIds: [], variantIds: product.variantIds }
    const event = (aggregateVersion: number, status: string, title: string) => ({
      id: expect.any(String),
      name: productChanged.name,
      aggregateId: product.id,
      aggregateVersion,
      occurredAt: expect.any(String),
      payload: { ...payload, status, title },
    })
    await eventually(() =>
      expect(toldOf(products.recommendations, product.id)).toEqual([
        event(1, 'DRAFT', 'Copper Kettle'),
        event(2, 'ACTIVE', 'Copper Kettle'),
        event(3, 'ACTIVE', 'Tin Kettle'),
        event(4, 'ARCHIVED', 'Tin Kettle'),
      ]),
    )
    for (const { payload: told } of toldOf(products.recommendations, product.id)) productChanged.payload.parse(told)
    expect(toldOf(products.carts, product.id)).toEqual([])
  })

  test('is told once when ten publish at once', async () => {
    const product = await newProduct()
    await Promise.all(Array.from({ length: 10 }, () => publish(product)))
    await eventually(() => expect(toldOf(products.recommendations, product.id)).toHaveLength(2))
    expect(await published()).toHaveLength(new Set((await published()).map(({ data }) => data.id)).size)
    expect(await products.sql('select version from product where id = $1', [product.id])).toEqual([{ version: 2 }])
  })

  test('of ten renaming at once tells ten versions, the last of which is what is stored', async () => {
    const product = await newProduct()
    await Promise.all(Array.from({ length: 10 }, (_, index) => rename(product, `Name ${index}`)))
    await eventually(() => expect(toldOf(products.recommendations, product.id)).toHaveLength(11))
    const told = toldOf(products.recommendations, product.id)
    expect(told.map(({ aggregateVersion }) => aggregateVersion)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(await products.sql('select title from product where id = $1', [product.id])).toEqual([
      { title: (told.at(-1)!.payload as { title: string }).title },
    ])
  })
})

describe('price-changed', () => {
  test('is told to carts where a price really changes, with the version of the variant', async () => {
    const product = await newProduct()
    const [small, large] = product.variantIds as [string, string]
    await setPrice(small, '12.5')
    const before = { stored: await products.stored(), published: await published() }
    expect(await setPrice(small, '12.50')).toEqual({ variant: { price: { amount: '12.50' } }, userErrors: [] })
    expect(await setPrice(small, '1', 'EUR')).toMatchObject({ userErrors: [{ code: 'CURRENCY_MISMATCH' }] })
    expect({ stored: await products.stored(), published: await published() }).toEqual(before)
    await setPrice(small, '11')
    await eventually(() => expect(toldOf(products.carts, small)).toHaveLength(2))
    expect(toldOf(products.carts, small)).toMatchObject([
      { name: priceChanged.name, aggregateVersion: 2, payload: { unitPrice: 1_250 } },
      {
        name: priceChanged.name,
        aggregateVersion: 3,
        payload: { variantId: small, productId: product.id, unitPrice: 1_100, currencyCode: 'GBP' },
      },
    ])
    await eventually(() => expect(toldOf(products.partners, small)).toEqual(toldOf(products.carts, small)))
    for (const { payload } of toldOf(products.carts, small)) priceChanged.payload.parse(payload)
    expect(toldOf(products.carts, large)).toEqual([])
    expect(toldOf(products.recommendations, product.id)).toHaveLength(1)
  })

  test('of ten prices set at once tells as many versions, the last of which is what is stored', async () => {
    const [variant] = (await newProduct()).variantIds as [string]
    await Promise.all(Array.from({ length: 10 }, (_, index) => setPrice(variant, `${20 + index}`)))
    await eventually(() => expect(toldOf(products.carts, variant)).toHaveLength(10))
    const told = toldOf(products.carts, variant)
    expect(told.map(({ aggregateVersion }) => aggregateVersion)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(await products.sql('select price, version from variant where id = $1', [variant])).toEqual([
      { price: (told.at(-1)!.payload as { unitPrice: number }).unitPrice, version: 11 },
    ])
  })

  test('reaches a subscriber that was down, while the other one heard at once', async () => {
    const product = await newProduct()
    products.carts.isUp = false
    try {
      await setPrice(product.variantIds[0]!, '99')
      await publish(product)
      await eventually(() => expect(toldOf(products.recommendations, product.id)).toHaveLength(2))
      expect(toldOf(products.carts, product.variantIds[0]!)).toEqual([])
    } finally {
      products.carts.isUp = true
    }
    await eventually(() => expect(toldOf(products.carts, product.variantIds[0]!)).toHaveLength(1), {
      timeoutMs: 20_000,
    })
  })
})

test('a refused change tells nothing', async () => {
  const product = await newProduct()
  await eventually(() => expect(toldOf(products.recommendations, product.id)).toHaveLength(1))
  const before = [await products.stored(), (await published()).length]
  const id = toGlobalId('Product', product.id)
  const input = {
    title: 'Another',
    variants: [{ sku: 'W-1', title: 'One', price: { amount: '1', currencyCode: 'GBP' } }],
  }
  for (const [refused, code] of [
    [rename(product, ''), 'INVALID_INPUT'],
    [
      mutate('mutation ($id: ID!) { productUnpublish(productId: $id) { userErrors { code } } }', { id }),
      'INVALID_INPUT',
    ],
    [
      mutate(
        'mutation ($id: ID!) { productUpdate(productId: $id, input: { slug: "kettle-1" }) { userErrors { code } } }',
        { id },
      ),
      'SLUG_TAKEN',
    ],
    ...[-1, 1_000_001].map(
      (weight) =>
        [
          mutate('mutation ($input: ProductCreateInput!) { productCreate(input: $input) { userErrors { code } } }', {
            input: { ...input, variants: [{ ...input.variants[0], weight }] },
          }),
          'INVALID_INPUT',
        ] as const,
    ),
  ] as const) {
    expect(await refused).toMatchObject({ userErrors: [{ code }] })
  }
  expect([await products.stored(), (await published()).length]).toEqual(before)
})

test('variant-offers tells what each variant is and costs, and leaves out what it does not know', async () => {
  const product = await newProduct('Brass Kettle')
  const [small, large] = product.variantIds as [string, string]
  await setPrice(large, '15')
  const offers = async (...variantIds: string[]) =>
    (await products.post('/questions/products.variant-offers.v1', { variantIds })).content
  const offer = { productId: product.id, currencyCode: 'GBP', purchasable: false, weight: 1_200 }
  const sku = (size: string) => `K-${serial}-${size}`
  const ofSmall = {
    ...offer,
    variantId: small,
    sku: sku('Small'),
    title: 'Brass Kettle, Small',
    unitPrice: 1_000,
    version: 1,
  }
  const ofLarge = {
    ...offer,
    variantId: large,
    sku: sku('Large'),
    title: 'Brass Kettle, Large',
    unitPrice: 1_500,
    version: 2,
  }
  expect(await offers(small, large, randomUUID())).toEqual(expect.arrayContaining([ofSmall, ofLarge]))
  expect(await offers(small, large, randomUUID())).toHaveLength(2)
  await publish(product)
  expect(await offers(small)).toEqual([{ ...ofSmall, purchasable: true }])
  await products.sql('delete from variant where id = $1', [large])
  expect(await offers(small)).toEqual([{ ...ofSmall, purchasable: true, title: 'Brass Kettle' }])
})
