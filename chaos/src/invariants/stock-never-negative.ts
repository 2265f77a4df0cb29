import type { Invariant } from './rows.ts'

/** No level has fewer units than are promised, and none ever had fewer than none. */
export const stockNeverNegative: Invariant = ({ levels, movements }) => [
  ...levels
    .filter(({ onHand, reserved }) => reserved < 0 || onHand < reserved)
    .map(({ id, variantId, onHand, reserved }) => {
      return `level ${id} of variant ${variantId} has ${onHand} at hand and ${reserved} promised`
    }),
  ...movements
    .filter(({ onHandAfter }) => onHandAfter < 0)
    .map(({ levelId, onHandAfter, reason }) => `after a ${reason} level ${levelId} had ${onHandAfter} units`),
]
