import type { Permissions } from '@cartograph/viewer/permissions'

/** The catalogue has no owners: what shoppers may not see is filtered out by the queries themselves. */
export const permissions: Permissions = {}
