import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

export interface Migration {
  readonly name: string
  readonly file: string
  readonly sql: string
  readonly checksum: string
}

/** The migrations of a folder in the order they apply: by name. Throws for a folder without its migration.sql. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(directory, name, 'migration.sql')
      const sql = await readFile(file, 'utf8')
      return { name, file, sql, checksum: checksumOf(sql) }
    }),
  )
}

/** Whether a recorded checksum is that of the migration; the Prisma CLI too forgives another kind of line ending. */
export function isChecksumOf(recorded: string, { sql, checksum }: Migration): boolean {
  const unix = sql.replaceAll('\r\n', '\n')
  return [checksum, checksumOf(unix), checksumOf(unix.replaceAll('\n', '\r\n'))].includes(recorded)
}

function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex')
}
