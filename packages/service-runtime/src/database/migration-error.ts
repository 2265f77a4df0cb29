import pg from 'pg'
import type { Migration } from './migration-files.ts'

/** A migration that cannot be, or was not, applied; the message names it and, where PostgreSQL says so, the place. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
  readonly migration: string

  constructor(migration: string, message: string, options?: ErrorOptions) {
    super(`Migration ${migration}: ${message}`, options)
    this.migration = migration
  }
}

/** The error of a migration that PostgreSQL refused, with file, line and column where it gives a position. */
export function refusedMigration({ name, file, sql }: Migration, cause: unknown): MigrationError {
  if (!(cause instanceof pg.DatabaseError)) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return new MigrationError(name, `${reason}; it was rolled back (${file})`, { cause })
  }
  const { code, message, detail, hint, where, position } = cause
  const notes = [detail, hint && `Hint: ${hint}`, where].filter(Boolean).map((note) => `\n  ${note}`)
  const place = position ? `${file}:${lineAndColumn(sql, Number(position))}` : file
  return new MigrationError(name, `${message} (${code}) at ${place}; it was rolled back${notes.join('')}`, { cause })
}

/** PostgreSQL counts characters from 1, where a string counts UTF-16 units from 0. */
function lineAndColumn(sql: string, position: number): string {
  const before = [...sql]
    .slice(0, position - 1)
    .join('')
    .split('\n')
  return `${before.length}:${[...(before.at(-1) ?? '')].length + 1}`
}
