import type { CurrencyCode } from '@cartograph/money'
import type { Findings } from './ask-about-variants.ts'
import { mostLines, mostUnits } from './cart-rules.ts'
import type { CartLine } from './cart.ts'
import { atOffer, type LineChanges, type LinePut, putOf } from './line-put.ts'

export type CapReason = 'INSUFFICIENT_STOCK' | 'NOT_FOR_SALE' | 'LINE_LIMIT' | 'CART_LIMIT'

/** A variant of which fewer units are in the merged cart than were in both. */
export interface CappedLine {
  readonly variantId: string
  readonly wanted: number
  readonly quantity: number
  readonly reason: CapReason
}

interface MergePlan {
  readonly changes: LineChanges
  readonly capped: readonly CappedLine[]
}

/**
 * The user's lines after a guest's have come to them, in the currency of the latter. Quantities of a variant add up to
 * what is available and to what a cart may hold; no line of the user's loses units. What was not asked about, or not
 * answered, is capped by the limits of a cart alone and keeps the guest's price.
 */
export function planMerge(
  own: readonly CartLine[],
  guests: readonly CartLine[],
  findings: Findings,
  currencyCode: CurrencyCode,
): MergePlan {
  const ownLineOf = new Map(own.map((line) => [line.variantId, line]))
  const puts: LinePut[] = []
  const capped: CappedLine[] = []
  let lineCount = own.length
  let nextPosition = (own.at(-1)?.position ?? -1) + 1
  for (const guestLine of guests) {
    const { variantId } = guestLine
    const ownLine = ownLineOf.get(variantId)
    const before = ownLine?.quantity ?? 0
    const wanted = before + guestLine.quantity
    const cap = ownLine || lineCount < mostLines ? capOf(variantId, findings, currencyCode) : fullCart
    const quantity = Math.max(before, Math.min(wanted, cap.most))
    if (quantity < wanted) capped.push({ variantId, wanted, quantity, reason: cap.reason })
    if (quantity === before) continue
    const offer = findings.offers?.get(variantId)
    const latest = ownLine && ownLine.priceVersion > guestLine.priceVersion ? ownLine : guestLine
    const { currentUnitPrice, priceVersion } = putOf(latest)
    puts.push({
      ...putOf(guestLine),
      ...(offer ? atOffer(latest, offer) : { currentUnitPrice, priceVersion }),
      quantity,
      position: ownLine?.position ?? nextPosition++,
    })
    if (!ownLine) lineCount += 1
  }
  return { changes: { puts, removedIds: [], currencyCode }, capped }
}

interface Cap {
  readonly most: number
  readonly reason: CapReason
}

const fullCart: Cap = { most: 0, reason: 'CART_LIMIT' }

function capOf(variantId: string, { asked, offers, availability }: Findings, currencyCode: CurrencyCode): Cap {
  const limit: Cap = { most: mostUnits, reason: 'LINE_LIMIT' }
  if (!asked.has(variantId)) return limit
  if (offers && offers.get(variantId)?.price.currencyCode !== currencyCode) return { most: 0, reason: 'NOT_FOR_SALE' }
  const available = availability ? Math.max(0, availability.get(variantId) ?? 0) : mostUnits
  return available < mostUnits ? { most: available, reason: 'INSUFFICIENT_STOCK' } : limit
}
