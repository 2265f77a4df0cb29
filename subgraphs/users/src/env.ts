import { subgraphEnvironment } from '@cartograph/service-runtime'
import { z } from 'zod'

/** A private Ed25519 key (RFC 8037) with a key id. */
const signingKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string().min(1),
})

export type AccessTokenKey = z.infer<typeof signingKey>

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' })
    return z.NEVER
  }
}

export const usersEnvironment = subgraphEnvironment.extend({
  /** A JSON array of private JWKs: the first signs, all are published, so that a key can be replaced without a gap. */
  ACCESS_TOKEN_KEYS: z
    .string({ error: 'is missing; give a JSON array of private Ed25519 JWKs' })
    .transform(parseJson)
    .pipe(z.array(signingKey, { error: 'is not an array of private Ed25519 JWKs' }).min(1)),
})
