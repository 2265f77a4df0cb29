/** What a partner shows to be let in, without the secret. */
export interface PartnerKey {
  readonly id: string
  readonly partnerId: string
  readonly prefix: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly lastUsedAt: Date | null
}

/** So many are live at a time: one that is used, and one that is to replace it. */
export const mostLiveKeys = 2

/** Whether a key still lets in: it was not ended, and has not ended by itself. */
export function isLive({ expiresAt, revokedAt }: Pick<PartnerKey, 'expiresAt' | 'revokedAt'>, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now)
}
