import { createHash, randomBytes } from 'node:crypto'

/** What is kept of a guest's token: enough to recognise it, too little to use it. */
export function cartTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}

/** A new token for a guest's cart: 256 random bits. */
export function newCartToken(): string {
  return randomBytes(32).toString('base64url')
}
