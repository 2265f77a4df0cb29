import { variantOffers } from '@cartograph/contracts'
import { answers, defineSubgraph } from '@cartograph/service-runtime'
import { productsContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { productsEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'
import { answerVariantOffers } from './product/answer-variant-offers.ts'

/** Starts the products subgraph. */
export const start = defineSubgraph({
  name: 'products',
  folder: new URL('../', import.meta.url),
  environment: productsEnvironment,
  resolvers,
  permissions,
  open({ adapter }) {
    const db = new PrismaClient({ adapter })
    return {
      contextFor: (viewer) => productsContext(db, viewer),
      questions: [answers(variantOffers, ({ variantIds }) => answerVariantOffers(db, variantIds))],
      close: () => db.$disconnect(),
    }
  },
})
