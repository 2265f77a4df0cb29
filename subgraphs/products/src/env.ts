import { subgraphEnvironment } from '@cartograph/service-runtime'

export const productsEnvironment = subgraphEnvironment
