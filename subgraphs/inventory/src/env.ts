import { subgraphEnvironment } from '@cartograph/service-runtime'

export const inventoryEnvironment = subgraphEnvironment
