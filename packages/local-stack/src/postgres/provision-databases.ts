import pg from 'pg'
import type { Postgres } from './start-postgres.ts'
import { isVerifierOf, scramVerifier } from './scram-verifier.ts'

export interface DatabaseSpec {
  readonly name: string
  readonly role: string
  readonly password: string
}

interface Found {
  readonly name: string
  readonly role: string
  readonly role_exists: boolean
  readonly verifier: string | null
  readonly owner: string | null
  readonly open: boolean
}

/**
 * Gives each role its database, which it owns and only it may connect to, and the given password. Idempotent: where all
 * is as it should be it asks one question and changes nothing. Calls at once wait for each other.
 */
export async function provisionDatabases(
  postgres: Pick<Postgres, 'superuserUrl'>,
  { databases }: { readonly databases: readonly DatabaseSpec[] },
): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.superuserUrl('postgres') })
  await client.connect()
  try {
    if ((await stepsTo(client, databases)).length === 0) return
    await client.query('select pg_advisory_lock($1)', [provisioningLock])
    for (const step of await stepsTo(client, databases)) await client.query(step)
  } finally {
    await client.end()
  }
}

const provisioningLock = 4_017_355

const stateSql = `
  select wanted.name, wanted.role, pg_authid.oid is not null as role_exists, pg_authid.rolpassword as verifier,
    owner.rolname as owner,
    exists (
      select from aclexplode(coalesce(datacl, acldefault('d', datdba))) as grant_ where grant_.grantee = 0
    ) as open
  from unnest($1::text[], $2::text[]) as wanted (name, role)
  left join pg_authid on rolname = wanted.role
  left join pg_database on datname = wanted.name
  left join pg_authid as owner on owner.oid = datdba`

/** The statements that are still to run. CREATE DATABASE refuses a transaction, so each of them stands alone. */
async function stepsTo(client: pg.Client, databases: readonly DatabaseSpec[]): Promise<string[]> {
  // The maintenance databases belong to no service, and by default everybody may enter them.
  const closed = [
    { name: 'postgres', role: 'postgres' },
    { name: 'template1', role: 'postgres' },
  ]
  const all = [...databases, ...closed]
  const { rows } = await client.query<Found>(stateSql, [all.map(({ name }) => name), all.map(({ role }) => role)])
  const passwords = new Map(databases.map(({ role, password }) => [role, password]))
  const roles = await Promise.all(
    [...passwords].map(([role, password]) =>
      roleSteps(
        rows.find((row) => row.role === role),
        role,
        password,
      ),
    ),
  )
  return [...roles.flat(), ...rows.flatMap(databaseSteps)]
}

async function roleSteps(found: Found | undefined, role: string, password: string): Promise<string[]> {
  if (found && (await isVerifierOf(found.verifier, password))) return []
  const name = pg.escapeIdentifier(role)
  const login = `with login password ${pg.escapeLiteral(await scramVerifier(password))}`
  return [found?.role_exists ? `alter role ${name} ${login}` : `create role ${name} ${login}`]
}

function databaseSteps({ name, role, owner, open }: Found): string[] {
  const [database, wanted] = [pg.escapeIdentifier(name), pg.escapeIdentifier(role)]
  if (owner === null) {
    return [`create database ${database} owner ${wanted}`, `revoke all on database ${database} from public`]
  }
  return [
    ...(owner === role ? [] : [`alter database ${database} owner to ${wanted}`]),
    ...(open ? [`revoke all on database ${database} from public`] : []),
  ]
}
