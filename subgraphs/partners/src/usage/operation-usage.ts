import { requestError } from '@cartograph/error-catalogue'

/** How often a partner ran an operation on a day. */
export interface OperationUsage {
  readonly partnerId: string
  readonly operationId: string
  readonly name: string
  readonly day: Date
  readonly calls: number
  readonly errors: number
  readonly points: number
}

const mostDays = 90
const dayMs = 24 * 3_600_000

/** The first of the last `days` days, by UTC, of which the last is today. Throws BAD_USER_INPUT for what is not 1 to 90. */
export function firstDayOf(days: number, now: Date): Date {
  if (days < 1 || days > mostDays)
    throw requestError('BAD_USER_INPUT', `days is ${days}; it must be from 1 to ${mostDays}.`)
  const today = Math.floor(now.getTime() / dayMs) * dayMs
  return new Date(today - (days - 1) * dayMs)
}
