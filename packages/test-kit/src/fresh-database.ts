import { createHmac, randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type {} from './global-setup.ts'
import { type DatabaseOwner, ensureRole, inTurn, migratedTemplate } from './migrated-template.ts'

export interface FreshDatabase {
  /** As the role that owns the database; it is no superuser, like a subgraph's own. */
  readonly connectionString: string
  /** Removes the database and cuts the sessions in it; calling it again changes nothing. */
  drop(): Promise<void>
}

/**
 * A database of its own with a subgraph's migrations applied and nothing in it, for one test file. Cloned from a
 * template that is made once per run; safe to call from many workers at once.
 */
export function freshDatabase(subgraph: string): Promise<FreshDatabase> {
  return databaseOf(subgraph, async (admin, urlOf, owner) => {
    const template = await migratedTemplate(admin, urlOf, subgraph, owner)
    return `template ${pg.escapeIdentifier(template)} strategy file_copy`
  })
}

/** The same with nothing in it, for what is no subgraph and makes its tables by itself. */
export function emptyDatabase(name: string): Promise<FreshDatabase> {
  return databaseOf(name, async (admin, _, owner) => {
    await inTurn(admin, name, () => ensureRole(admin, owner))
    return ''
  })
}

async function databaseOf(
  prefix: string,
  sourceOf: (admin: pg.Client, urlOf: (database: string) => string, owner: DatabaseOwner) => Promise<string>,
): Promise<FreshDatabase> {
  const superuserUrl = inject('cartographPostgresUrl')
  if (!superuserUrl) throw new Error('freshDatabase needs test-kit/src/global-setup.ts as a globalSetup of vitest')
  // Workers do not talk to each other: each derives the same password from what all of them know.
  const role = `test_${prefix}`
  const password = createHmac('sha256', superuserUrl).update(role).digest('base64url')
  const urlOf = (database: string) => withDatabase(superuserUrl, database, role, password)
  const database = `${prefix}_${randomBytes(6).toString('hex')}`
  const name = pg.escapeIdentifier(database)

  await asSuperuser(superuserUrl, async (admin) => {
    const source = await sourceOf(admin, urlOf, { role, password })
    await admin.query(`create database ${name} owner ${pg.escapeIdentifier(role)} ${source}`)
  })
  return {
    connectionString: urlOf(database),
    drop: () =>
      asSuperuser(superuserUrl, async (admin) => {
        await admin.query(`drop database if exists ${name} with (force)`)
      }),
  }
}

async function asSuperuser(connectionString: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

function withDatabase(superuserUrl: string, database: string, role: string, password: string): string {
  const url = new URL(superuserUrl)
  url.username = role
  url.password = password
  url.pathname = `/${database}`
  return url.href
}
