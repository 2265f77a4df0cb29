import { createHash, randomBytes } from 'node:crypto'

/** A new key: 256 random bits after what says whose keys they are, for people and for scanners of leaked secrets. */
export function newKeySecret(): string {
  return `pk_live_${randomBytes(32).toString('base64url')}`
}

/** What is kept of a key. A fast hash is enough for what nobody can guess. */
export function hashOfKey(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest())
}

/** Its first characters, which tell it from others and are too few to guess the rest by. */
export function prefixOfKey(secret: string): string {
  return secret.slice(0, 14)
}
