import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { AddressResolvers } from '../generated/resolvers.ts'

export const Address: AddressResolvers = {
  __resolveReference: ({ id: globalId }, { loaders }) => {
    const id = tryFromGlobalId('Address', globalId)
    return id ? loaders.address.load(id) : null
  },
  id: (address) => toGlobalId('Address', address.id),
}
