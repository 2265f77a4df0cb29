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

test.each(['orders', 'products', 'inventory', 'users'])(
  'the job schema of %s is the one that this pg-boss makes',
  (subgraph) => {
    const file = path.resolve(
      import.meta.dirname,
      '../../../subgraphs',
      subgraph,
      'prisma/migrations/20261124000000_pgboss/migration.sql',
    )
    expect(withoutTransaction(readFileSync(file, 'utf8'))).toBe(withoutTransaction(getConstructionPlans('pgboss')))
  },
)
