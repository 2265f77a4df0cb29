import { createHash } from 'node:crypto'
import type { Limit } from './limits.ts'

/** What a count is found by. The subject is hashed: people mistake fields, and type passwords in for an address. */
export function attemptKey({ name }: Limit, subject: string): string {
  return `${name} ${createHash('sha256').update(subject).digest('base64url')}`
}
