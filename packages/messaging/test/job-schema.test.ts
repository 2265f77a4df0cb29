import { readFileSync } from 'node:fs'
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

test.each([
  ['orders', '20261124000000_pgboss'],
  ['products', '20261124000000_pgboss'],
  ['inventory', '20261124000000_pgboss'],
  ['users', '20261125000000_accounts_by_email'],
])('the job schema of %s is the one that this pg-boss makes', (subgraph, migration) => {
  const file = path.resolve(
    import.meta.dirname,
    '../../../subgraphs',
    subgraph,
    'prisma/migrations',
    migration,
    'migration.sql',
  )
  expect(withoutTransaction(readFileSync(file, 'utf8'))).toContain(withoutTransaction(getConstructionPlans('pgboss')))
})
