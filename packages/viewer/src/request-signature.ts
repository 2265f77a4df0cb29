import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Viewer, viewerClaims, type ViewerClaims, viewerOf } from './viewer.ts'

export const claimsHeader = 'cartograph-viewer'
export const signatureHeader = 'cartograph-signature'

/** How far the clock of a caller may be from ours, and so how long a captured request could be sent again. */
export const replayWindowMs = 30_000

export interface RequestToSign {
  readonly method: string
  /** Path and query string, as they stand in the request line. */
  readonly path: string
  readonly body: string
}

/**
 * Headers that vouch for `viewer` on this one request: the claims, and an HMAC-SHA256 under the callee's secret over
 * method, path, time, claims and body. Nothing outside the signature may be believed by the callee.
 */
export function signRequest(
  secret: string,
  request: RequestToSign,
  viewer: ViewerClaims,
  now = Date.now(),
): Record<string, string> {
  const claims = Buffer.from(JSON.stringify(viewer)).toString('base64url')
  return {
    [claimsHeader]: claims,
    [signatureHeader]: `t=${now},v1=${digest(secret, request, claims, now).toString('hex')}`,
  }
}

/**
 * The viewer that a live secret vouches for, or null: no or damaged headers, a wrong digest, a time outside the replay
 * window. Compares in constant time. Several secrets are live while one is being replaced.
 */
export function verifyRequest(
  secrets: readonly string[],
  request: RequestToSign,
  headers: Record<string, string | string[] | undefined>,
  now = Date.now(),
): Viewer | null {
  const claims = headers[claimsHeader]
  const signature = headers[signatureHeader]
  if (typeof claims !== 'string' || typeof signature !== 'string') return null
  const match = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(signature)
  if (!match) return null
  const time = Number(match[1])
  if (Math.abs(now - time) > replayWindowMs) return null
  const given = Buffer.from(match[2] as string, 'hex')
  const genuine = secrets.some((secret) => timingSafeEqual(given, digest(secret, request, claims, time)))
  if (!genuine) return null
  const parsed = viewerClaims.safeParse(JSON.parse(Buffer.from(claims, 'base64url').toString()))
  return parsed.success ? viewerOf(parsed.data) : null
}

function digest(secret: string, request: RequestToSign, claims: string, time: number): Buffer {
  // Newlines cannot occur in any part but the body, which comes last, so no two requests share one input.
  return createHmac('sha256', secret)
    .update(`v1\n${time}\n${request.method}\n${request.path}\n${claims}\n`)
    .update(request.body)
    .digest()
}
