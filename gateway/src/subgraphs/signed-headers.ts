import { signRequest } from '@cartograph/viewer'
import type { GatewayContext } from '../context.ts'

/** What vouches to the subgraph that knows `secret` for the viewer of each request. */
export function signedHeaders(secret: string) {
  return ({ path, body }: { path: string; body: string }, context: unknown): Record<string, string> =>
    signRequest(secret, { method: 'POST', path, body }, (context as Pick<GatewayContext, 'claims'>).claims)
}
