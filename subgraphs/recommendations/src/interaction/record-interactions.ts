import { notFound, refuseIfAny, requestError } from '@cartograph/error-catalogue'
import type { Database, PrismaClient } from '../database.ts'
import { followOneUser } from '../purchase/follow-one-user.ts'
import { checkInteractions } from './check-interactions.ts'
import type { Interaction } from './interaction.ts'
import { pruneInterests } from './prune-interests.ts'

/**
 * Records what a user did, all or nothing, and answers how many of the events were new: one whose id was recorded before
 * stays as it was. Those of one user follow each other, so that of the same event told twice at once one is new. Refused
 * with NOT_FOUND for a product that is not known here. Throws UNAUTHENTICATED for a user whose account is erased.
 */
export async function recordInteractions(
  db: PrismaClient,
  userId: string,
  events: readonly Interaction[],
  now: Date,
): Promise<number> {
  checkInteractions(events, now)
  return db.$transaction(async (tx) => {
    await followOneUser(tx, userId)
    await refuseUnknown(tx, userId, events)
    const recorded = await tx.interaction.createMany({
      data: events.map((event) => ({ userId, ...event })),
      skipDuplicates: true,
    })
    await pruneInterests(tx, userId, now)
    return recorded.count
  })
}

async function refuseUnknown(tx: Database, userId: string, events: readonly Interaction[]): Promise<void> {
  const [found] = await tx.$queryRaw<[{ erased: boolean; productIds: string[] }]>`
    select exists (select from deleted_user where user_id = ${userId}::uuid) as erased,
      array(select id from product where id = any(${events.map(({ productId }) => productId)}::uuid[])) as "productIds"`
  if (found.erased) throw requestError('UNAUTHENTICATED', 'The account is erased.')
  const known = new Set(found.productIds)
  refuseIfAny(
    events.flatMap(({ productId }, index) =>
      known.has(productId) ? [] : [notFound('The product does not exist.', ['events', String(index), 'productId'])],
    ),
  )
}
