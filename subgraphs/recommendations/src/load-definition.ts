import type { LoadDefinition } from '@cartograph/service-runtime'
import { writeCategories } from './catalogue/write-categories.ts'
import { writeProducts } from './catalogue/write-products.ts'
import { recomputeModels } from './models/recompute-models.ts'
import { recountAllDemand } from './demand/recount-all-demand.ts'
import { writePurchases } from './purchase/write-purchases.ts'

/** What recommendations keeps of a shop's records, and what it computes from all of them together. */
export const loadDefinition: LoadDefinition = {
  migrations: new URL('../prisma/migrations', import.meta.url),
  writers: { category: writeCategories, product: writeProducts, order: writePurchases },
  async finish(connection) {
    await recountAllDemand(connection)
    await recomputeModels(connection)
  },
}
