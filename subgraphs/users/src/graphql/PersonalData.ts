import { fromGlobalId } from '@cartograph/global-ids'
import { exportAccount } from '../account/export-account.ts'
import type { PersonalDataResolvers } from '../generated/resolvers.ts'

export const PersonalData: PersonalDataResolvers = {
  account: ({ id }, _, { db }) => exportAccount(db, fromGlobalId('PersonalData', id)),
}
