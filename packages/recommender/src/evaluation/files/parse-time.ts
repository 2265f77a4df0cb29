const TIME = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d(?::?\d\d)?)?)?$/
const OFFSET = /^([+-])([01]\d|2[0-3]):?([0-5]\d)?$/

/** In words, what `parseTime` takes. */
export const timeForm = 'a date or a time such as 2010-12-01 or 2010-12-01T08:26:00Z'

/**
 * A day, which is its first instant, or a time with fractions of seconds and an offset if need be; UTC where none is
 * named. Null when it is written otherwise or not on the calendar. What is finer than a millisecond is cut off.
 */
export function parseTime(text: string): Date | null {
  const [, day, time = '00:00:00', fraction = '', offset = 'Z'] = TIME.exec(text) ?? []
  const at = new Date(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`)
  // Date takes 30 February for 2 March, and 24:00 for the next day; only what is real comes back as it went in.
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(`${day}T${time}`)) return null
  if (offset === 'Z') return at
  const [, sign, hours, minutes = '0'] = OFFSET.exec(offset) ?? []
  if (sign === undefined) return null
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000
  return new Date(at.getTime() + (sign === '+' ? -ahead : ahead))
}
