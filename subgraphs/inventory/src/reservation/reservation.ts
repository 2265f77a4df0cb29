export type ReservationState = 'HELD' | 'COMMITTED' | 'RELEASED'

/** How long units are promised to a checkout of which nothing is heard. */
export const reservationMs = 15 * 60_000
