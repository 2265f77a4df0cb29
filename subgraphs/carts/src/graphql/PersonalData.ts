import { fromGlobalId } from '@cartograph/global-ids'
import { exportCarts } from '../cart/export-carts.ts'
import type { PersonalDataResolvers } from '../generated/resolvers.ts'

export const PersonalData: PersonalDataResolvers = {
  carts: ({ id }, _, { db }) => exportCarts(db, fromGlobalId('PersonalData', id)),
}
