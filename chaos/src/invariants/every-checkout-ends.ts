import type { Invariant } from './rows.ts'

/** What was accepted has ended, with an order or with a refusal. */
export const everyCheckoutEnds: Invariant = ({ checkouts }) =>
  checkouts.flatMap(({ id, endedAt, orderId, refused }) => {
    if (endedAt === null) return [`checkout ${id} has not ended`]
    return (orderId === null) === refused ? [] : [`checkout ${id} ended neither with an order nor with a refusal`]
  })
