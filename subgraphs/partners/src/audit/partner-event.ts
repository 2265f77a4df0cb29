/** What can be done to a partner. */
export const partnerEventKinds = [
  'PARTNER_CREATED',
  'PARTNER_UPDATED',
  'KEY_CREATED',
  'KEY_REVOKED',
  'OPERATIONS_ADDED',
  'MANIFEST_PUBLISHED',
  'MANIFEST_SUNSET',
  'WEBHOOK_ENDPOINT_CREATED',
  'WEBHOOK_ENDPOINT_UPDATED',
  'WEBHOOK_ENDPOINT_DELETED',
  'WEBHOOK_SECRET_ROTATED',
  'WEBHOOK_DELIVERY_REPLAYED',
] as const

export type PartnerEventKind = (typeof partnerEventKinds)[number]

/** Something that was done to a partner. */
export interface PartnerEvent {
  readonly id: string
  readonly kind: PartnerEventKind
  readonly partnerId: string
  readonly actorId: string | null
  readonly clientAddress: string | null
  readonly requestId: string
  readonly at: Date
}
