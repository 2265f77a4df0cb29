import type { linesAdded } from '@cartograph/contracts'
import type { ReceivedEvent } from '@cartograph/messaging'
import type { z } from 'zod'
import type { Database } from '../database.ts'
import { followOneUser } from '../purchase/follow-one-user.ts'
import { pruneInterests } from './prune-interests.ts'

/**
 * Notes what a user has put into their cart, once for each variant of the event. Nothing of a variant that is not known
 * here, and nothing where the account is erased, also when that is told at the same time.
 */
export async function learnAddedLines(
  tx: Database,
  { id, payload }: ReceivedEvent<z.output<typeof linesAdded.payload>>,
): Promise<void> {
  const { userId, lines, at } = payload
  await followOneUser(tx, userId)
  // Longer than what a client may name its events, so that neither is taken for the other.
  await tx.$executeRaw`
    insert into interaction (user_id, event_id, product_id, type, at)
    select ${userId}::uuid, ${id}::text || ' ' || v.id, v.product_id, 'ADD_TO_CART', ${at}::timestamptz
    from variant v
    where v.id = any(${lines.map(({ variantId }) => variantId)}::uuid[])
      and not exists (select from deleted_user where user_id = ${userId}::uuid)
    on conflict (user_id, event_id) do nothing`
  await pruneInterests(tx, userId, new Date(at))
}
