import type { PersistedOperationResolvers } from '../generated/resolvers.ts'

export const PersistedOperation: PersistedOperationResolvers = {
  callsLast30Days: async ({ partnerId, id }, _, { loaders }) =>
    (await loaders.recentCallsOfOperation.load(`${partnerId} ${id}`))?.calls ?? 0,
}
