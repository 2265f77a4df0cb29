export const currencyCodes = ['EUR', 'GBP', 'USD'] as const
export type CurrencyCode = (typeof currencyCodes)[number]

/** An amount in integer minor units (pence, cents). Safe up to Number.MAX_SAFE_INTEGER, ninety trillion pounds. */
export interface Money {
  readonly minorUnits: number
  readonly currencyCode: CurrencyCode
}

/** Digits after the point, by ISO 4217. */
const fractionDigits: Record<CurrencyCode, number> = { EUR: 2, GBP: 2, USD: 2 }

/** Throws a plain Error when `minorUnits` is no safe integer: money that lost a digit must not go on. */
export function money(minorUnits: number, currencyCode: CurrencyCode): Money {
  if (!Number.isSafeInteger(minorUnits)) throw new Error(`not an amount in minor units: ${minorUnits}`)
  return { minorUnits, currencyCode }
}

/** The decimal string of GraphQL's `Money.amount`: `1234` GBP is `"12.34"`, always with the currency's digits. */
export function toDecimal({ minorUnits, currencyCode }: Money): string {
  const digits = fractionDigits[currencyCode]
  const text = Math.abs(minorUnits)
    .toString()
    .padStart(digits + 1, '0')
  return `${minorUnits < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/**
 * Minor units of a decimal string, or null when it is none, has more digits than the currency, or is not a safe
 * integer of minor units. Computed from the digits; no float is involved.
 */
export function fromDecimal(amount: string, currencyCode: CurrencyCode): Money | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(amount)
  if (!match) return null
  const [, sign = '', whole = '', fraction = ''] = match
  const digits = fractionDigits[currencyCode]
  if (fraction.length > digits) return null
  const minorUnits = Number(`${whole}${fraction.padEnd(digits, '0')}`)
  if (!Number.isSafeInteger(minorUnits)) return null
  return { minorUnits: sign && minorUnits !== 0 ? -minorUnits : minorUnits, currencyCode }
}

/** Throws a plain Error when the currencies differ. */
export function add(a: Money, b: Money): Money {
  if (a.currencyCode !== b.currencyCode) throw new Error(`cannot add ${a.currencyCode} and ${b.currencyCode}`)
  return money(a.minorUnits + b.minorUnits, a.currencyCode)
}

export function multiply(a: Money, quantity: number): Money {
  return money(a.minorUnits * quantity, a.currencyCode)
}

export function sum(items: Iterable<Money>, currencyCode: CurrencyCode): Money {
  let total = money(0, currencyCode)
  for (const item of items) total = add(total, item)
  return total
}

export function isCurrencyCode(value: string): value is CurrencyCode {
  return (currencyCodes as readonly string[]).includes(value)
}
