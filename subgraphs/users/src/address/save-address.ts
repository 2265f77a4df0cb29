import { invalidInput, notFound, Refused, refuseIfAny, requestError } from '@cartograph/error-catalogue'
import type { Database, PrismaClient } from '../database.ts'
import { type Address, type AddressInput, checkAddress, mostAddresses } from './address.ts'
import { findAddresses } from './find-addresses.ts'

/**
 * Adds an address to a user's account, or replaces the one with `addressId` if it is that user's. The account's row is
 * held meanwhile, so that two writers at once leave one default and no more addresses than are allowed. Throws
 * UNAUTHENTICATED when the account is erased.
 */
export async function saveAddress(
  db: PrismaClient,
  userId: string,
  addressId: string | null,
  input: AddressInput,
): Promise<Address> {
  const problems = checkAddress(input)
  refuseIfAny(problems)
  const id = await db.$transaction(async (tx) => {
    const held = await tx.$queryRaw<object[]>`select id from user_account where id = ${userId}::uuid for update`
    if (held.length === 0) throw requestError('UNAUTHENTICATED', 'The account does not exist any more.')
    const count = await tx.address.count({ where: { userId } })
    const data = {
      fullName: input.fullName.trim(),
      line1: input.line1.trim(),
      line2: input.line2?.trim() || null,
      city: input.city.trim(),
      postalCode: input.postalCode.trim(),
      countryCode: input.countryCode,
    }
    if (addressId === null) {
      if (count >= mostAddresses)
        throw new Refused([invalidInput(`An account has at most ${mostAddresses} addresses.`, ['input'])])
      const isDefault = input.isDefault || count === 0
      if (isDefault) await clearDefault(tx, userId)
      return (await tx.address.create({ data: { ...data, userId, isDefault }, select: { id: true } })).id
    }
    if (input.isDefault) await clearDefault(tx, userId)
    const { count: changed } = await tx.address.updateMany({
      where: { id: addressId, userId },
      data: { ...data, ...(input.isDefault && { isDefault: true }) },
    })
    if (changed === 0) throw new Refused([notFound('The address does not exist.', ['addressId'])])
    return addressId
  })
  return (await findAddresses(db, [id]))[0]!
}

async function clearDefault(tx: Database, userId: string): Promise<void> {
  await tx.address.updateMany({ where: { userId, isDefault: true }, data: { isDefault: false } })
}
