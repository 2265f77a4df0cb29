import { createHash, randomBytes } from 'node:crypto'

/** How long a browser may be away at the provider. */
export const externalSignInLifetimeMs = 10 * 60_000

/** What the browser keeps that begins: 256 random bits. */
export const newBrowserState = (): string => randomBytes(32).toString('base64url')

/** What is kept of it here: enough to recognise it, too little to use it. */
export function browserStateHash(state: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(state).digest())
}

/**
 * The `state` of the authorization request, which passes through URLs that others may see. It follows from what the
 * browser keeps, and not the other way round: so a callback is good in that browser alone (RFC 9700, section 4.7).
 */
export function authorizationState(browserState: string): string {
  return createHash('sha256').update(`authorization request of ${browserState}`).digest('base64url')
}
