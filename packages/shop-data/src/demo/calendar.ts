export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The start of the UTC day of `now`, from which all times of the demo shop are counted back. */
export function startOfDay(now: Date): number {
  const start = Math.floor(now.getTime() / DAY) * DAY
  if (Number.isNaN(start)) throw new RangeError('The demo shop needs a valid date for now.')
  return start
}

/** The time in the form of the records. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
