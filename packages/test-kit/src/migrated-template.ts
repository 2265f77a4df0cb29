import { createHash } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { applyMigrations } from '@cartograph/service-runtime/migrations'
import { readMigrations } from '@cartograph/service-runtime/migration-files'

const repository = path.resolve(import.meta.dirname, '../../..')

export interface DatabaseOwner {
  readonly role: string
  readonly password: string
}

/**
 * The name of a template database with a subgraph's migrations applied, made if it is not there. Its name changes with
 * the migrations. Several workers may ask at once: one makes it, and nobody sees it half made.
 */
export async function migratedTemplate(
  admin: pg.Client,
  urlOf: (database: string) => string,
  subgraph: string,
  owner: DatabaseOwner,
): Promise<string> {
  const directory = path.join(repository, 'subgraphs', subgraph, 'prisma', 'migrations')
  const template = `template_${subgraph}_${await fingerprint(directory)}`
  if (await isComplete(admin, template)) return template
  await inTurn(admin, subgraph, async () => {
    if (await isComplete(admin, template)) return
    await ensureRole(admin, owner)
    const [name, role] = [pg.escapeIdentifier(template), pg.escapeIdentifier(owner.role)]
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.query(`create database ${name} owner ${role}`)
    await applyMigrations({ connectionString: urlOf(template), directory })
    // Marks it complete, and keeps everybody out: a template with a session in it cannot be cloned.
    await admin.query(`alter database ${name} with is_template true allow_connections false`)
  })
  return template
}

/** Runs `work` while no other worker does the same for `name`. */
export async function inTurn(admin: pg.Client, name: string, work: () => Promise<void>): Promise<void> {
  await admin.query('select pg_advisory_lock(hashtext($1))', [`test-kit ${name}`])
  try {
    await work()
  } finally {
    await admin.query('select pg_advisory_unlock(hashtext($1))', [`test-kit ${name}`])
  }
}

async function fingerprint(directory: string): Promise<string> {
  const hash = createHash('sha256')
  for (const { name, checksum } of await readMigrations(directory)) hash.update(`${name} ${checksum}\n`)
  return hash.digest('hex').slice(0, 12)
}

async function isComplete(admin: pg.Client, template: string): Promise<boolean> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1 and datistemplate', [template])
  return rowCount === 1
}

/** Makes the role, or gives it the password; two at once must take turns. */
export async function ensureRole(admin: pg.Client, { role, password }: DatabaseOwner): Promise<void> {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role])
  const verb = rowCount ? 'alter' : 'create'
  await admin.query(`${verb} role ${pg.escapeIdentifier(role)} with login password ${pg.escapeLiteral(password)}`)
}
