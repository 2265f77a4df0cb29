import { BadCell, parseText, quoted } from '@cartograph/shop-data'
import { parseTime, timeForm } from './parse-time.ts'

const LONGEST_NAME = 200

/** The trimmed name of something, of 1 to 200 characters; throws a BadCell for anything else. */
export function parseName(column: string, cell: string): string {
  const name = parseText(column, cell)
  // A character can be two units of a string, so that only a long one has to be counted.
  if (name.length > LONGEST_NAME && [...name].length > LONGEST_NAME) {
    throw new BadCell(`${column} ${quoted(name)} is longer than ${LONGEST_NAME} characters`)
  }
  return name
}

/** The name of a customer; throws a BadCell when there is none. */
export function parseCustomer(cell: string): string {
  if (cell.trim() === '') throw new BadCell('unknown customer: customer is empty')
  return parseName('customer', cell)
}

/** A time as `parseTime` takes it; throws a BadCell for anything else. */
export function parsePlacedAt(cell: string): Date {
  const text = cell.trim()
  const at = parseTime(text)
  if (at === null) throw new BadCell(`placed_at ${quoted(text)} is not ${timeForm}`)
  return at
}

/** Checks a number above zero, with decimals where things are sold by weight; throws a BadCell for anything else. */
export function checkQuantity(cell: string): void {
  const text = cell.trim()
  if (!/^\d+(?:\.\d+)?$/.test(text) || !/[1-9]/.test(text)) {
    throw new BadCell(`quantity ${quoted(text)} is not a number above zero`)
  }
}
