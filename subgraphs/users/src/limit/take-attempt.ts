import { Refused } from '@cartograph/error-catalogue'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import type { Database } from '../database.ts'
import type { UsersRequest } from '../account/users-request.ts'
import { attemptKey } from './attempt-key.ts'
import { delayAfter, type Limit } from './limits.ts'
import { tooManyAttempts } from './too-many-attempts.ts'

/**
 * Counts a try of `subject` under `limit`, or refuses it with TOO_MANY_ATTEMPTS when it comes too soon; one that is
 * refused is not counted, so that trying on makes nobody wait longer. To be called before what is tried is looked at, and
 * outside any transaction. Of two tries at once one takes the last place. `userId` is whose account it concerns, for the
 * record of the first refusal of a window.
 */
export async function takeAttempt(
  { db, viewer, now }: Pick<UsersRequest, 'db' | 'viewer' | 'now'>,
  limit: Limit,
  subject: string,
  userId: string | null = null,
): Promise<void> {
  const at = now()
  const { freeAt, refusals, refusalsBefore } = await db.$transaction(async (tx) => {
    const count = await countTry(tx, limit, attemptKey(limit, subject), at)
    if (count.refusals === 1 && count.refusalsBefore === 0)
      await recordSecurityEvent(tx, viewer, { kind: 'TOO_MANY_ATTEMPTS', userId, at })
    return count
  })
  if (refusals > (refusalsBefore ?? 0)) throw new Refused([tooManyAttempts(freeAt, at)])
}

interface Count {
  readonly freeAt: Date
  readonly refusals: number
  /** Null for the first try of a subject. */
  readonly refusalsBefore: number | null
}

/** One statement: whoever comes second waits for the row and then sees the count of whoever came first. */
async function countTry(tx: Database, limit: Limit, key: string, at: Date): Promise<Count> {
  const { windowMs, freeTries, firstDelayMs, longestDelayMs } = limit
  const firstFreeAt = new Date(at.getTime() + delayAfter(limit, 1))
  const forgetAt = new Date(at.getTime() + windowMs)
  // Free tries are never refused: of two at once the one that began first may come last, and its clock is behind.
  // The delay is that of delayAfter; a test compares them. An exponent above 30 is beyond any longest delay.
  const [count] = await tx.$queryRaw<Count[]>`
    insert into attempt_limit as known (key, tries, refusals, free_at, forget_at)
    values (${key}, 1, 0, ${firstFreeAt}, ${forgetAt})
    on conflict (key) do update set (tries, refusals, free_at, forget_at) = (
      select case when refused then known.tries else number end,
        case when refused then known.refusals + 1 when number = 1 then 0 else known.refusals end,
        case when refused then known.free_at when number < ${freeTries}::int then ${at}::timestamptz
          else ${at}::timestamptz + interval '1 millisecond'
            * least(${firstDelayMs}::float8 * 2 ^ least(number - ${freeTries}::int, 30), ${longestDelayMs}::float8) end,
        case when number = 1 then ${forgetAt}::timestamptz else known.forget_at end
      from (select known.forget_at > ${at}::timestamptz and known.free_at > ${at}::timestamptz
          and known.tries >= ${freeTries}::int as refused,
        case when known.forget_at > ${at}::timestamptz then known.tries + 1 else 1 end as number) as next)
    returning new.free_at as "freeAt", new.refusals, old.refusals as "refusalsBefore"`
  return count!
}
