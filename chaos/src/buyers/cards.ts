import type { Random } from '@cartograph/shop-data'

/** What buyers pay with, and how many of them do: subgraphs/orders/src/payment/sandbox/sandbox-cards.ts. */
export type Cards = readonly (readonly [token: string, share: number])[]

export const usualCards: Cards = [
  ['sandbox_visa', 46],
  ['sandbox_declined', 7],
  ['sandbox_insufficient_funds', 4],
  ['sandbox_3ds', 6],
  ['sandbox_3ds_failed', 3],
  ['sandbox_timeout_before', 5],
  ['sandbox_timeout_after', 5],
  ['sandbox_timeout_before_capture', 6],
  ['sandbox_timeout_after_capture', 6],
  ['sandbox_timeout_before_void', 2],
  ['sandbox_timeout_after_void', 2],
  ['sandbox_timeout_before_refund', 4],
  ['sandbox_timeout_after_refund', 4],
]

/** With orders that stand unpaid for seconds, and whose buyers think better of it. */
export const cardsWithSlowCapture: Cards = [...usualCards, ['sandbox_slow_capture', 10]]

export const pickCard = (cards: Cards, random: Random): string => random.pickWeighted(cards, ([, share]) => share)[0]

/** Its purchases wait for their buyers, and so say nothing of how soon the shop ends them. */
export const waitsForBuyer = (card: string): boolean => card.startsWith('sandbox_3ds')
