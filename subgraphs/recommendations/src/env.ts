import { subgraphEnvironment } from '@cartograph/service-runtime'

export const recommendationsEnvironment = subgraphEnvironment
