import { defineSubgraph } from '@cartograph/service-runtime'
import { recommendationsContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { recommendationsEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'

/** Starts the recommendations subgraph. */
export const start = defineSubgraph({
  name: 'recommendations',
  folder: new URL('../', import.meta.url),
  environment: recommendationsEnvironment,
  resolvers,
  permissions,
  open({ adapter }) {
    const db = new PrismaClient({ adapter })
    return {
      contextFor: (viewer) => recommendationsContext(db, viewer),
      close: () => db.$disconnect(),
    }
  },
})
