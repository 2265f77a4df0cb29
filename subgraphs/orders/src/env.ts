import { subgraphEnvironment } from '@cartograph/service-runtime'

export const ordersEnvironment = subgraphEnvironment
