import type { Database } from '../database.ts'
import { asOwnerSees } from '../audit/as-owner-sees.ts'
import { findAddressesOfUsers } from '../address/find-addresses.ts'
import { findOwnAccount } from './find-own-account.ts'

const most = 100

/**
 * All that is kept of an account, as JSON for its owner; hashes of passwords and tokens, which tell them nothing, are
 * left out. Throws UNAUTHENTICATED when the account is erased.
 */
export async function exportAccount(db: Database, userId: string): Promise<string> {
  const [{ id: _id, ...account }, addresses, signIns, securityEvents] = await Promise.all([
    findOwnAccount(db, userId),
    findAddressesOfUsers(db, [userId]),
    db.session.findMany({
      where: { userId },
      select: { createdAt: true, revokedAt: true },
      orderBy: { createdAt: 'desc' },
      take: most,
    }),
    db.securityEvent.findMany({
      where: { userId },
      select: { kind: true, actorId: true, clientAddress: true, at: true },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: most,
    }),
  ])
  return JSON.stringify({
    ...account,
    addresses: addresses.map(({ id: _, userId: __, ...rest }) => rest),
    signIns,
    securityEvents: securityEvents.map((event) => {
      const { kind, clientAddress, at } = asOwnerSees(event, userId)
      return { kind, clientAddress, at }
    }),
  })
}
