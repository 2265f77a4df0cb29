/** `2026-12-31 12:00 UTC`, of an instant as the API writes it. */
export function shownInstant(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

const date = /^\d{4}-\d\d-\d\d$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/

/** A date, when it begins in UTC, or an instant in UTC. Throws a sentence that names the option for anything else. */
export function readInstant(option: string, value: string): string {
  const text = date.test(value) ? `${value}T00:00:00Z` : value
  const time = instant.test(text) ? Date.parse(text) : Number.NaN
  // 30 February would be 2 March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text.slice(0, 10))
    throw new Error(`${option} takes a date like 2026-12-31, or an instant like 2026-12-31T12:00:00Z, not "${value}".`)
  return new Date(time).toISOString()
}
