import { createHash } from 'node:crypto'
import { requestError } from '@cartograph/error-catalogue'

/** The sort key of a row, its last part unique: what a keyset page continues from. */
export type CursorKey = readonly (string | number)[]

/** What each part of a list's key is, so that a forged cursor is refused before it reaches the database. */
export type KeyShape = readonly ('uuid' | 'instant' | 'integer' | 'number' | 'text')[]

const fits: Record<KeyShape[number], (part: string | number) => boolean> = {
  uuid: (part) => typeof part === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part),
  instant: (part) => typeof part === 'string' && isInstant(part),
  integer: (part) => Number.isInteger(part) && Math.abs(part as number) <= 2_147_483_647,
  number: (part) => typeof part === 'number',
  text: (part) => typeof part === 'string' && !part.includes('\u0000'),
}

/** As `toISOString` writes it, within the years that PostgreSQL writes the same way. */
function isInstant(text: string): boolean {
  return (
    /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString() === text
  )
}

/** Eight characters that stand for the list's name, sort order and filter. */
function fingerprint(list: string): string {
  return createHash('sha256').update(list).digest('base64url').slice(0, 8)
}

/** Makes opaque cursors for rows of `list`. The same row has the same cursor on every page. */
export function cursorEncoder(list: string): (key: CursorKey) => string {
  let mark: string | undefined
  return (key) => {
    mark ??= fingerprint(list)
    return Buffer.from(JSON.stringify([mark, ...key])).toString('base64url')
  }
}

/** Throws INVALID_CURSOR when `cursor` is damaged, was made for another list, or does not have `shape`. */
export function decodeCursor(list: string, shape: KeyShape, cursor: string): CursorKey {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    parts = null
  }
  if (
    !Array.isArray(parts) ||
    parts.length < 2 ||
    !parts.every((part) => typeof part === 'string' || Number.isFinite(part))
  ) {
    throw requestError('INVALID_CURSOR', 'The cursor is damaged. Take it from an edge or pageInfo of this list.')
  }
  const [mark, ...key] = parts as [unknown, ...(string | number)[]]
  if (mark !== fingerprint(list)) {
    throw requestError('INVALID_CURSOR', 'The cursor comes from another list, sort order or filter.')
  }
  if (key.length !== shape.length || !shape.every((kind, index) => fits[kind](key[index] as string | number))) {
    throw requestError('INVALID_CURSOR', 'The cursor is damaged. Take it from an edge or pageInfo of this list.')
  }
  return key
}
