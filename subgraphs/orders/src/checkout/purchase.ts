import { type CurrencyCode, type Money, money, multiply, sum } from '@cartograph/money'

/** A line as it is bought. */
export interface PurchaseLine {
  readonly variantId: string
  readonly productId: string
  readonly sku: string
  readonly title: string
  readonly quantity: number
  /** Minor units. */
  readonly unitPrice: number
}

export interface TaxRate {
  readonly name: string
  /** Hundredths of a per cent: 2000 is 20 %. */
  readonly rate: number
  /** Whether prices hold it already; otherwise it is added to them. */
  readonly included: boolean
}

/** What is bought and what it costs, in minor units of one currency; fixed before anything is paid. */
export interface Purchase {
  readonly currencyCode: CurrencyCode
  readonly lines: readonly PurchaseLine[]
  readonly shippingMethod: string
  readonly subtotal: number
  readonly shipping: number
  readonly taxRate: TaxRate | null
  /** Within the total where the rate is included, on top of subtotal and shipping where it is not. */
  readonly tax: number
  readonly total: number
}

/**
 * What lines and their shipping cost. Tax is computed once, on subtotal and shipping together, and rounded half up to a
 * whole minor unit, so that an order has one rounding however many lines it has.
 */
export function pricePurchase(
  lines: readonly PurchaseLine[],
  shipping: { readonly name: string; readonly price: Money },
  taxRate: TaxRate | null,
): Purchase {
  const { currencyCode } = shipping.price
  const subtotal = sum(
    lines.map(({ unitPrice, quantity }) => multiply(money(unitPrice, currencyCode), quantity)),
    currencyCode,
  ).minorUnits
  const net = subtotal + shipping.price.minorUnits
  const tax = taxOn(net, taxRate)
  return {
    currencyCode,
    lines,
    shippingMethod: shipping.name,
    subtotal,
    shipping: shipping.price.minorUnits,
    taxRate,
    tax,
    total: money(taxRate === null || taxRate.included ? net : net + tax, currencyCode).minorUnits,
  }
}

/** The tax in, or on, this amount of minor units, rounded half up. */
export function taxOn(amount: number, taxRate: TaxRate | null): number {
  if (taxRate === null) return 0
  // Hundredths of a per cent of ninety trillion pounds are more than a number holds exactly.
  const [numerator, denominator] = taxRate.included
    ? [BigInt(amount) * BigInt(taxRate.rate), BigInt(10_000 + taxRate.rate)]
    : [BigInt(amount) * BigInt(taxRate.rate), 10_000n]
  return Number((2n * numerator + denominator) / (2n * denominator))
}

/** What a customer has paid, tax and all, for goods and shipping of this price. */
export function paidFor(amount: number, taxRate: TaxRate | null): number {
  return taxRate === null || taxRate.included ? amount : amount + taxOn(amount, taxRate)
}
