import type { Invariant } from './rows.ts'

/** No money is held, and no payment waits, once everything has ended. */
export const noDanglingAuthorization: Invariant = ({ bookedPayments }) =>
  bookedPayments
    .filter(({ status }) => status === 'OPENED' || status === 'ACTION_REQUIRED' || status === 'AUTHORIZED')
    .map(({ id, key, status }) => `payment ${id} of checkout ${key} is still ${status}`)
