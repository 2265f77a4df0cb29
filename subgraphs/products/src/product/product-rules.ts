import { invalidInput, Refused, type UserErrorData } from '@cartograph/error-catalogue'
import { type CurrencyCode, fromDecimal, type Money } from '@cartograph/money'

const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/
/** The largest price, ten million pounds: far below what a 32-bit column holds, far above a mistake worth allowing. */
const highestPrice = 1_000_000_000
/** A tonne, in grams: what is heavier is sent by no parcel service. */
const highestWeight = 1_000_000

/** Lower-case words with hyphens, at most 80 characters; "product" when the title has no letter or digit. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '')
  return slug || 'product'
}

export function checkTitle(title: string, path: string[]): UserErrorData[] {
  const length = title.trim().length
  return length >= 1 && length <= 200 ? [] : [invalidInput('A title has 1 to 200 characters.', path)]
}

export function checkSlug(slug: string, path: string[]): UserErrorData[] {
  return slugPattern.test(slug) && slug.length <= 100
    ? []
    : [invalidInput('A slug has up to 100 lower-case letters and digits, in groups joined by single hyphens.', path)]
}

export function checkDescription(description: string, path: string[]): UserErrorData[] {
  return description.length <= 10_000 ? [] : [invalidInput('A description has at most 10,000 characters.', path)]
}

export function checkBrand(brand: string, path: string[]): UserErrorData[] {
  const length = brand.trim().length
  return length >= 1 && length <= 100 ? [] : [invalidInput('A brand has 1 to 100 characters.', path)]
}

export function checkSku(sku: string, path: string[]): UserErrorData[] {
  return /^[\x21-\x7e]{1,64}$/.test(sku)
    ? []
    : [invalidInput('A SKU has 1 to 64 printable ASCII characters and no space.', path)]
}

export function checkWeight(weight: number, path: string[]): UserErrorData[] {
  return weight >= 0 && weight <= highestWeight ? [] : [invalidInput('A weight is 0 to 1,000,000 grams.', path)]
}

/** The price in minor units. Throws Refused when it is negative, too high, or finer than the currency. */
export function priceOf(input: { amount: string; currencyCode: CurrencyCode }, path: string[]): Money {
  const price = fromDecimal(input.amount, input.currencyCode)
  if (!price || price.minorUnits < 0 || price.minorUnits > highestPrice) {
    throw new Refused([
      invalidInput('A price is from 0.00 to 10000000.00, with at most two decimals.', [...path, 'amount']),
    ])
  }
  return price
}
