import type { ShopRecord } from '@cartograph/contracts'
import { expect } from 'vitest'

/** The records of one kind, in their order. */
export function ofKind<Kind extends ShopRecord['kind']>(
  records: readonly ShopRecord[],
  kind: Kind,
): Extract<ShopRecord, { kind: Kind }>[] {
  return records.filter((record): record is Extract<ShopRecord, { kind: Kind }> => record.kind === kind)
}

/** The records with each time replaced by whether there is one. */
export function* withoutTimes(records: Iterable<ShopRecord>): Generator<ShopRecord> {
  for (const record of records) {
    yield JSON.parse(
      JSON.stringify(record, (key, value: unknown) => (key.endsWith('At') && value !== null ? 'some time' : value)),
    ) as ShopRecord
  }
}

/** Fails unless ids, slugs, SKUs, e-mails and numbers are unique and each reference is to a record that came before. */
export function assertIntegrity(records: readonly ShopRecord[]): void {
  const known = new Map<string, string>()
  const faults: string[] = []
  const claim = (what: string, value: string): void => {
    const key = `${what} ${value}`
    if (known.has(key)) faults.push(`${key} is not unique`)
    known.set(key, value)
  }
  const refer = (what: string, value: string): void => {
    if (!known.has(`${what} ${value}`)) faults.push(`${what} ${value} is not known yet`)
  }
  for (const record of records) {
    if ('id' in record) claim('id', record.id)
    switch (record.kind) {
      case 'category':
        claim('category', record.id)
        claim('category slug', record.slug)
        if (record.parentId !== null) refer('category', record.parentId)
        break
      case 'product':
        claim('product', record.id)
        claim('slug', record.slug)
        for (const id of record.categoryIds) refer('category', id)
        for (const { id, sku } of record.variants) {
          claim('id', id)
          claim('sku', sku)
          claim('variant', `${id} ${sku} ${record.id}`)
          claim('variant id', id)
        }
        break
      case 'stock':
        claim('stock', record.variantId)
        refer('variant id', record.variantId)
        refer('sku', record.sku)
        break
      case 'customer':
        claim('customer', record.id)
        claim('email', record.email)
        if (record.address !== null) claim('id', record.address.id)
        break
      case 'order':
        claim('order number', record.number)
        refer('customer', record.customerId)
        for (const { id, variantId, sku, productId } of record.lines) {
          claim('id', id)
          refer('variant', `${variantId} ${sku} ${productId}`)
        }
        break
      case 'cart':
        claim('cart of', record.customerId)
        refer('customer', record.customerId)
        for (const { id, variantId } of record.lines) {
          claim('id', id)
          refer('variant id', variantId)
        }
    }
  }
  expect(faults).toEqual([])
}
