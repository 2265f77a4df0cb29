import { invalidInput, refuseIfAny, type UserErrorData } from '@cartograph/error-catalogue'
import type { Interaction } from './interaction.ts'

const mostEvents = 100
const longestEventId = 64
const minuteMs = 60_000
const oldestMs = 30 * 86_400_000

/** Throws Refused with all that is wrong with these interactions at `now`, whatever is stored. */
export function checkInteractions(events: readonly Interaction[], now: Date): void {
  refuseIfAny(
    events.length >= 1 && events.length <= mostEvents
      ? events.flatMap((event, index) => problemsOf(event, now, ['events', String(index)]))
      : [invalidInput(`Give 1 to ${mostEvents} of them.`, ['events'])],
  )
}

function problemsOf({ eventId, at }: Interaction, now: Date, path: string[]): UserErrorData[] {
  const age = now.getTime() - at.getTime()
  // A text of PostgreSQL holds no NUL. Characters are counted as PostgreSQL does, not in UTF-16.
  const length = eventId.includes('\u0000') ? 0 : Array.from(eventId).length
  return [
    ...(length >= 1 && length <= longestEventId
      ? []
      : [invalidInput(`An eventId has 1 to ${longestEventId} characters.`, [...path, 'eventId'])]),
    // A clock may be a minute fast.
    ...(age < -minuteMs ? [invalidInput('at is in the future.', [...path, 'at'])] : []),
    ...(age > oldestMs ? [invalidInput('at is more than 30 days ago.', [...path, 'at'])] : []),
  ]
}
