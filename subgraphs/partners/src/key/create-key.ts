import { invalidInput, Refused, validationError } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import { changePartner } from '../partner/change-partner.ts'
import type { PartnersServices } from '../partner/partners-services.ts'
import { findKeysOfPartners } from './find-keys.ts'
import { hashOfKey, newKeySecret, prefixOfKey } from './key-secret.ts'
import { isLive, mostLiveKeys, type PartnerKey } from './partner-key.ts'

/** A new key, and its secret, which is never shown again. Two are live at most, also when several are asked for at once. */
export async function createKey(
  services: PartnersServices,
  viewer: Viewer,
  { partnerId, expiresAt }: { readonly partnerId: string; readonly expiresAt: Date | null },
): Promise<{ key: PartnerKey; secret: string }> {
  return changePartner(services, viewer, partnerId, 'KEY_CREATED', async (tx) => {
    const createdAt = services.now()
    if (expiresAt && expiresAt <= createdAt)
      throw new Refused([invalidInput('expiresAt is in the future.', ['expiresAt'])])
    const keys = await findKeysOfPartners(tx, [partnerId])
    if (keys.filter((key) => isLive(key, createdAt)).length >= mostLiveKeys)
      throw new Refused([
        validationError('KEY_LIMIT_REACHED', `The partner has ${mostLiveKeys} live keys already; end one first.`, [
          'partnerId',
        ]),
      ])
    const secret = newKeySecret()
    const key = await tx.partnerKey.create({
      data: { partnerId, prefix: prefixOfKey(secret), hash: hashOfKey(secret), createdAt, expiresAt },
      omit: { hash: true },
    })
    return { outcome: { key, secret }, changed: 'gateways' }
  })
}
