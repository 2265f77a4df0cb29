const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** What Standard Webhooks advises; the last again and again. */
const delaysMs = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour]

/** For so long it is tried, from when it was made, or sent again by somebody. */
export const triedForMs = 24 * hour

/** A try that would end later than so long before the end is the last. */
const lastMomentsMs = minute

/** Tries are spread over a tenth of the delay, so that what failed together does not come back together. */
const spread = 0.1

export interface FailedTry {
  /** When it was first to be tried. */
  readonly since: Date
  /** How often it was tried since, this time included. */
  readonly tries: number
  /** For how long the receiver asked to be left alone. */
  readonly retryAfterMs: number | null
}

/**
 * When a delivery is tried again; null when it has been tried for a day: the last try is at its end. The receiver's wish
 * counts as long as it asks for no more than the delay after this one. `random` is in [0, 1).
 */
export function nextTry({ since, tries, retryAfterMs }: FailedTry, now: Date, random: number): Date | null {
  const end = since.getTime() + triedForMs
  if (now.getTime() > end - lastMomentsMs) return null
  const delay = delayAfter(tries) * (1 + spread * random)
  const wish = Math.min(retryAfterMs ?? 0, delayAfter(tries + 1))
  return new Date(Math.min(now.getTime() + Math.max(delay, wish), end))
}

const delayAfter = (tries: number) => delaysMs[Math.min(tries, delaysMs.length) - 1]!
