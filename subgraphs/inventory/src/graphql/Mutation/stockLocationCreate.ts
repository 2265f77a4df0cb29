import { payload } from '@cartograph/error-catalogue'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { createLocation } from '../../location/create-location.ts'

export const stockLocationCreate: MutationResolvers['stockLocationCreate'] = (_, { name, countryCode }, { db }) =>
  payload('stockLocation', () => createLocation(db, { name, countryCode }))
