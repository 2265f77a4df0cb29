import { fromGlobalId } from '@cartograph/global-ids'
import type { PersonalDataResolvers } from '../generated/resolvers.ts'
import { exportOrders } from '../order/export-orders.ts'

export const PersonalData: PersonalDataResolvers = {
  orders: ({ id }, _, { db }) => exportOrders(db, fromGlobalId('PersonalData', id)),
}
