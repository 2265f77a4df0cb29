import { requestError } from '@cartograph/error-catalogue'
import { GraphQLScalarType, Kind } from 'graphql'

/** RFC 3339, always UTC with milliseconds on the wire; a Date inside. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => (value instanceof Date ? value : new Date(value as string)).toISOString(),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : null),
})

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

function parseInstant(value: unknown): Date {
  const instant = typeof value === 'string' && rfc3339.test(value) ? new Date(value) : null
  if (!instant || !isWithinCalendar(value as string, instant)) {
    throw requestError('BAD_USER_INPUT', 'A DateTime is RFC 3339 with a time zone, like 2026-01-31T12:00:00Z.')
  }
  return instant
}

/** A decimal number as a string, so that no client and no server ever makes a float of it. */
export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: (value) => String(value),
  parseValue: parseDecimal,
  parseLiteral: (node) =>
    parseDecimal(node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : null),
})

/** A day that its month has, and a year from 1 to 9999, which is what every service and its database write alike. */
function isWithinCalendar(text: string, instant: Date): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number)
  const daysOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const utcYear = instant.getUTCFullYear()
  return !Number.isNaN(instant.getTime()) && utcYear >= 1 && utcYear <= 9999 && day >= 1 && day <= daysOfMonth
}

function parseDecimal(value: unknown): string {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof text !== 'string' || !/^-?\d{1,15}(\.\d{1,10})?$/.test(text)) {
    throw requestError('BAD_USER_INPUT', 'A Decimal is a string of digits, like "12.50".')
  }
  return text
}
