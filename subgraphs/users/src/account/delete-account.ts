import { accountDeleted } from '@cartograph/contracts'
import { crashPoint } from '@cartograph/service-runtime'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { endSessions } from '../session/end-sessions.ts'
import type { UsersRequest } from './users-request.ts'
import { confirmPassword } from './confirm-password.ts'
import { holdAccount } from './hold-account.ts'

/**
 * Erases one's own account with its addresses, sessions, links and mails to come, and tells the other services to forget
 * its owner, all in one transaction. There is no way back. Of two at once one wins, and the other is refused.
 */
export async function deleteAccount(request: UsersRequest, userId: string, currentPassword: string): Promise<void> {
  const { jobs, outbox, viewer, now } = request
  const account = await confirmPassword(request, userId, currentPassword)
  const at = now()
  await tellingTransaction(request, async (tx) => {
    await holdAccount(tx, account)
    await endSessions(tx, request, userId, { now: at })
    // The record stays, without what would tell where its owner was.
    await tx.securityEvent.updateMany({ where: { userId }, data: { clientAddress: null } })
    // What belongs to it goes with it: the foreign keys say so.
    await tx.user.delete({ where: { id: userId } })
    await jobs.forget(tx, 'userId', userId)
    await jobs.forget(tx, 'email', account.email)
    await outbox.publish(tx, accountDeleted, {
      aggregateId: userId,
      aggregateVersion: 1,
      occurredAt: at,
      payload: { userId },
    })
    const { sessionId } = viewer
    const nowhere = { ...viewer, clientAddress: null }
    await recordSecurityEvent(tx, nowhere, { kind: 'ACCOUNT_DELETED', userId, sessionId, at })
    crashPoint('account deletion before commit')
  })
}
