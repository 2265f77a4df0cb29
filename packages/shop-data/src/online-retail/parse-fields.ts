const MOST_UNITS = 1_000_000
const INSTANT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)Z?$/
const AMOUNT = /^(\d{1,7})(?:\.(\d+))?$/

/** A cell that does not hold what its column should; the message is the reason, in words for whoever mends the file. */
export class BadCell extends Error {}

/** The trimmed text; throws a BadCell when nothing is left. */
export function parseText(column: string, cell: string): string {
  const text = cell.trim()
  if (text === '') throw new BadCell(`${column} is empty`)
  return text
}

/** The trimmed code, of at most 20 letters and digits; throws a BadCell for anything else. */
export function parseCode(column: string, cell: string): string {
  const code = parseText(column, cell)
  if (!/^[A-Za-z0-9]{1,20}$/.test(code)) throw new BadCell(`${column} ${quoted(code)} is not letters and digits`)
  return code
}

/** The trimmed number of a customer, digits only; throws a BadCell for anything else. */
export function parseCustomer(cell: string): string {
  const customer = parseText('customer', cell)
  if (!/^\d{1,12}$/.test(customer)) throw new BadCell(`customer ${quoted(customer)} is not a number`)
  return customer
}

/** A whole number of units from 1 to 1,000,000; throws a BadCell for anything else. */
export function parseQuantity(cell: string): number {
  const text = cell.trim()
  if (!/^-?\d+$/.test(text)) throw new BadCell(`quantity ${quoted(text)} is not a whole number`)
  const quantity = Number(text)
  if (quantity < 1 || quantity > MOST_UNITS) throw new BadCell(`quantity ${quoted(text)} is not from 1 to 1,000,000`)
  return quantity
}

/**
 * A decimal amount of pounds as pence, rounded half up digit by digit and at least 1; throws a BadCell when it is not
 * a number, not above zero, or 10,000,000 and more.
 */
export function parsePence(column: string, cell: string): number {
  const text = cell.trim()
  const [, pounds, decimals = ''] = AMOUNT.exec(text) ?? []
  if (pounds === undefined) throw new BadCell(`${column} ${quoted(text)} is not an amount from 0.01 to 9999999.99`)
  if (/^[0.]*$/.test(text)) throw new BadCell(`${column} ${quoted(text)} is not above zero`)
  const [tenths = '0', hundredths = '0', next = '0'] = decimals
  const pence = Number(pounds) * 100 + Number(tenths + hundredths) + (next >= '5' ? 1 : 0)
  return Math.max(1, pence)
}

/** A time such as 2010-12-01 08:26:00, taken as UTC; throws a BadCell when it is not on the calendar from 1970 on. */
export function parseInstant(column: string, cell: string): Date {
  const text = cell.trim()
  const [, day, time] = INSTANT.exec(text) ?? []
  const at = new Date(`${day}T${time}Z`)
  // Date takes 30 February for 2 March; only a real day comes back as it went in.
  const real = !Number.isNaN(at.getTime()) && at.getTime() >= 0 && at.toISOString() === `${day}T${time}.000Z`
  if (!real) throw new BadCell(`${column} ${quoted(text)} is not a date and time`)
  return at
}

/** The text in quotes, short and on one line, so that a report stays readable whatever the file held. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
