import { isUniqueViolation } from '@cartograph/service-runtime'
import type { Database, PrismaClient } from '../database.ts'
import { externalAccountExists, externalEmailUnverified } from './external-refusals.ts'
import type { ExternalPerson } from './external-sign-in.ts'

/**
 * The id of the account that a person at a provider has here. At first sight it is the account with their e-mail address, if
 * both the provider and that account have verified it: otherwise who owns one could take the other over. Without such an
 * account a new one is opened, for a verified address alone. Two first sign-ins of one person at once give one account.
 */
export async function accountOfPerson(db: PrismaClient, person: ExternalPerson, now: Date): Promise<string> {
  const { issuer, subject } = person
  try {
    return await db.$transaction(async (tx) => {
      // Held to the end, so that of two first sign-ins the second finds what the first has written.
      await tx.$queryRaw`select true as held from pg_advisory_xact_lock(hashtextextended(${`${issuer} ${subject}`}, 0))`
      const key = { issuer_subject: { issuer, subject } }
      const known = await tx.externalIdentity.findUnique({ where: key, select: { userId: true } })
      if (known) return known.userId
      const userId = await verifiedAccount(tx, person, now)
      // One person has one subject at an issuer: a second one there is somebody else with their address.
      if (await tx.externalIdentity.findFirst({ where: { issuer, userId }, select: { userId: true } }))
        throw externalAccountExists()
      await tx.externalIdentity.create({ data: { issuer, subject, userId, createdAt: now } })
      return userId
    })
  } catch (error) {
    // Somebody has registered the address at this very moment, and has not verified it.
    if (isUniqueViolation(error, 'user_account_email_key')) throw externalAccountExists()
    throw error
  }
}

async function verifiedAccount(
  tx: Database,
  { verifiedEmail: email, name }: ExternalPerson,
  now: Date,
): Promise<string> {
  if (email === null) throw externalEmailUnverified()
  // Held, so that the address is still the account's when the identity is linked to it.
  const [account] = await tx.$queryRaw<{ id: string; verified: boolean }[]>`
    select id, email_verified_at is not null as verified from user_account where email = ${email} for update`
  if (account && !account.verified) throw externalAccountExists()
  if (account) return account.id
  const displayName = [...(name ?? email.split('@')[0]!)].slice(0, 100).join('')
  const data = { email, emailVerifiedAt: now, displayName, createdAt: now }
  return (await tx.user.create({ data, select: { id: true } })).id
}
