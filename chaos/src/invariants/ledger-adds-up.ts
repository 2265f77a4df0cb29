import { differences, sumsBy } from './group.ts'
import type { Invariant } from './rows.ts'

/**
 * What is at hand is the sum of the ledger, what is promised is the sum of the reservations that are held, and what the
 * ledger sold and took back is what the reservations did.
 */
export const ledgerAddsUp: Invariant = ({ levels, movements, reservations, reservationLines }) => {
  const ofLevel = ({ levelId }: { levelId: string }) => levelId
  const states = new Map(reservations.map(({ checkoutId, state }) => [checkoutId, state]))
  const linesIn = (state: string) => reservationLines.filter(({ checkoutId }) => states.get(checkoutId) === state)
  const moved = (...reasons: string[]) =>
    sumsBy(
      movements.filter(({ reason }) => reasons.includes(reason)),
      ofLevel,
      ({ delta }) => delta,
    )
  const compare = (what: string, left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>) =>
    differences(left, right).map((each) => `level ${each.key}: ${what} (${each.left} and ${each.right})`)
  const ofRow = ({ id }: { id: string }) => id
  const quantity = (line: { quantity: number }) => line.quantity
  return [
    ...compare(
      'what is at hand is not the sum of the ledger',
      sumsBy(levels, ofRow, ({ onHand }) => onHand),
      sumsBy(movements, ofLevel, ({ delta }) => delta),
    ),
    ...compare(
      'what is promised is not what reservations hold',
      sumsBy(levels, ofRow, ({ reserved }) => reserved),
      sumsBy(linesIn('HELD'), ofLevel, quantity),
    ),
    ...compare(
      'what the ledger sold is not what reservations sold',
      moved('SALE'),
      sumsBy(linesIn('COMMITTED'), ofLevel, (line) => -line.quantity),
    ),
    ...compare(
      'what the ledger took back is not what came back to reservations',
      moved('CANCELLATION', 'RETURN'),
      sumsBy(reservationLines, ofLevel, ({ returned }) => returned),
    ),
  ]
}
