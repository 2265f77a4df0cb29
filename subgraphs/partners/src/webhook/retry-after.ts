/**
 * For how long a receiver asks to be left alone, in milliseconds, by the `retry-after` of a 429 or a 503: seconds or a
 * date. Null when it does not say, or says nothing that can be read.
 */
export function retryAfterMs(status: number, header: string | readonly string[] | undefined, now: Date): number | null {
  const text = typeof header === 'string' ? header.trim() : null
  if ((status !== 429 && status !== 503) || text === null) return null
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  // Numbers of another kind are dates to Date.parse.
  const date = /^[A-Z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime())
}
