import { type CurrencyCode, type Money, money } from '@cartograph/money'
import type { Database } from '../database.ts'
import type { TaxRate } from './purchase.ts'

/** A way to send something, with what it costs for the weight in question. */
export interface ShippingOption {
  readonly code: string
  readonly name: string
  readonly price: Money
  /** On all that is sent there, by whatever method; null where there is none. */
  readonly taxRate: TaxRate | null
}

/** The ways to send this many grams to a country, paid in this currency, in the order they are offered. */
export async function findShippingOptions(
  db: Database,
  destination: { readonly countryCode: string; readonly currencyCode: CurrencyCode; readonly grams: number },
): Promise<ShippingOption[]> {
  const { countryCode, currencyCode, grams } = destination
  const rows = await db.$queryRaw<{ code: string; name: string; price: number; taxRate: TaxRate | null }[]>`
    select m.code, m.name, r.price, (
      select jsonb_build_object('name', t.name, 'rate', t.rate, 'included', t.included)
      from tax_rate t where t.country_code = ${countryCode}
    ) as "taxRate"
    from shipping_method m
    cross join lateral (
      select r.price from shipping_rate r
      where r.code = m.code and r.currency_code = m.currency_code and r.up_to_grams >= ${grams}::bigint
      order by r.up_to_grams limit 1
    ) r
    where m.currency_code = ${currencyCode}::"CurrencyCode"
      and (cardinality(m.countries) = 0 or ${countryCode} = any(m.countries))
    order by m.position`
  return rows.map(({ price, ...option }) => ({ ...option, price: money(price, currencyCode) }))
}
