import { variantAvailability } from '@cartograph/contracts'
import { answers, defineSubgraph } from '@cartograph/service-runtime'
import { inventoryContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { inventoryEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'
import { answerVariantAvailability } from './stock/answer-variant-availability.ts'

/** Starts the inventory subgraph. */
export const start = defineSubgraph({
  name: 'inventory',
  folder: new URL('../', import.meta.url),
  environment: inventoryEnvironment,
  resolvers,
  permissions,
  open({ adapter }) {
    const db = new PrismaClient({ adapter })
    return {
      contextFor: (viewer) => inventoryContext(db, viewer),
      questions: [answers(variantAvailability, ({ variantIds }) => answerVariantAvailability(db, variantIds))],
      close: () => db.$disconnect(),
    }
  },
})
