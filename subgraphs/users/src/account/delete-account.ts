import { accountDeleted } from '@cartograph/contracts'
import { crashPoint } from '@cartograph/service-runtime'
import type { AccountServices } from './account-services.ts'
import { confirmPassword } from './confirm-password.ts'
import { holdAccount } from './hold-account.ts'

/**
 * Erases one's own account with its addresses, sessions, links and mails to come, and tells the other services to forget
 * its owner, all in one transaction. There is no way back. Of two at once one wins, and the other is refused.
 */
export async function deleteAccount(services: AccountServices, userId: string, currentPassword: string): Promise<void> {
  const { db, jobs, outbox, now } = services
  const account = await confirmPassword(db, userId, currentPassword)
  await db.$transaction(async (tx) => {
    await holdAccount(tx, account)
    // What belongs to it goes with it: the foreign keys say so.
    await tx.user.delete({ where: { id: userId } })
    await jobs.forget(tx, 'userId', userId)
    await jobs.forget(tx, 'email', account.email)
    await outbox.publish(tx, accountDeleted, {
      aggregateId: userId,
      aggregateVersion: 1,
      occurredAt: now(),
      payload: { userId },
    })
    crashPoint('account deletion before commit')
  })
  outbox.wake()
}
