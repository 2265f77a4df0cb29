import { peerSecret, peerUrl, subgraphEnvironment } from '@cartograph/service-runtime'
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

/** A variable that is there and empty, as docker-compose.yml gives one that is not set, is none. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((text) => (text === '' ? undefined : text), schema.optional())

export const usersEnvironment = subgraphEnvironment
  .extend({
    /** A JSON array of private JWKs: the first signs, all are published, so that a key can be replaced without a gap. */
    ACCESS_TOKEN_KEYS: z
      .string({ error: 'is missing; give a JSON array of private Ed25519 JWKs' })
      .transform(parseJson)
      .pipe(z.array(signingKey, { error: 'is not an array of private Ed25519 JWKs' }).min(1)),
    /** Comma-separated, every gateway: they are told which sessions have ended. Without it access tokens end those. */
    GATEWAY_URL: optional(
      z
        .string()
        .transform((text) => text.split(',').map((url) => url.trim()))
        .pipe(z.array(peerUrl)),
    ),
    GATEWAY_SIGNING_SECRET: optional(peerSecret),
    /** How many sign-ins and the like one network address has at once; see limit/limits.ts. */
    TRIES_PER_ADDRESS: optional(z.coerce.number('is not a number').int().min(1)),
  })
  .refine(
    (environment) => (environment.GATEWAY_URL === undefined) === (environment.GATEWAY_SIGNING_SECRET === undefined),
    {
      path: ['GATEWAY_SIGNING_SECRET'],
      message: 'and GATEWAY_URL go together',
    },
  )
  .transform((environment) => ({
    ...environment,
    // On one's own machine everybody comes from one address: tests, benches and the shop's own demonstration.
    TRIES_PER_ADDRESS: environment.TRIES_PER_ADDRESS ?? (environment.NODE_ENV === 'production' ? 60 : 1_000_000),
  }))

export type UsersEnvironment = z.infer<typeof usersEnvironment>
