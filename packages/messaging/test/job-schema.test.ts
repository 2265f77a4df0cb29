import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { getConstructionPlans } from 'pg-boss'
import { expect, test } from 'vitest'

/** The transaction and its lock are the migration runner's. */
const withoutTransaction = (plan: string) =>
  plan
    .split('\n')
    .filter((line) => !/^\s*(--|BEGIN;|COMMIT;|SET LOCAL|SELECT pg_advisory_xact_lock)/.test(line))
    .join('\n')
    .trim()

test.each(['orders', 'products', 'inventory', 'users', 'carts', 'partners'])(
  'the job schema of %s is the one that this pg-boss makes',
  (subgraph) => {
    const cwd = path.resolve(import.meta.dirname, '../../../subgraphs', subgraph, 'prisma/migrations')
    const files = globSync('*_pgboss/migration.sql', { cwd })
    expect(files).toHaveLength(1)
    const plan = readFileSync(path.join(cwd, files[0]!), 'utf8')
    expect(withoutTransaction(plan)).toBe(withoutTransaction(getConstructionPlans('pgboss')))
  },
)
