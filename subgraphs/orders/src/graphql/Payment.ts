import { toGlobalId } from '@cartograph/global-ids'
import type { PaymentResolvers } from '../generated/resolvers.ts'

export const Payment: PaymentResolvers = {
  id: (payment) => toGlobalId('Payment', payment.id),
  status: ({ capturedAt, voidedAt }) =>
    voidedAt !== null ? 'VOIDED' : capturedAt === null ? 'AUTHORIZED' : 'CAPTURED',
}
