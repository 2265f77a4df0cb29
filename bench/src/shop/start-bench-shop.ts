import path from 'node:path'
import { ensureGenerated } from '@cartograph/code-generation'
import { ensureShopOfOnlineRetail, root, startStack, type Stack } from '@cartograph/local-stack'

/** What every benchmark of the shop can be told about it, for `parseArgs`. */
export const benchShopOptions = {
  catalogue: { type: 'string', default: path.join(root, '../shared/data/online-retail/catalogue.csv') },
  orders: { type: 'string', default: path.join(root, '../shared/data/online-retail/order_lines.csv.gz') },
  'data-dir': { type: 'string', default: path.join(root, '.cartograph-bench') },
} as const

/**
 * The shop as it is measured: the imported catalogue, a process per service, everything as in production, and the SQL
 * statements counted. Its data are loaded the first time and kept. The caller stops it.
 */
export async function startBenchShop(values: Readonly<Record<keyof typeof benchShopOptions, string>>): Promise<Stack> {
  await ensureGenerated({ onMake: (name) => console.log(`  Generating: ${name}`) })
  return startStack(
    {
      dataDir: values['data-dir'],
      port: 0,
      mode: 'processes',
      // From the cache, pages would cost the services nothing.
      environment: {
        NODE_ENV: 'production',
        DEMONSTRATION: 'true',
        LOG_LEVEL: 'warn',
        ANSWER_CACHE_MEBIBYTES: '0',
      },
      postgres: { settings: { shared_preload_libraries: 'pg_stat_statements' } },
    },
    (databases) =>
      ensureShopOfOnlineRetail(values['data-dir'], databases, { catalogue: values.catalogue, orders: values.orders }),
  )
}
