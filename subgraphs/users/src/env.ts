import { checkMailEnvironment, mailEnvironment } from '@cartograph/mail'
import { optionalVariable, peerSecret, peerUrl, subgraphEnvironment } from '@cartograph/service-runtime'
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

/** The shop front of a shop on one's own machine: its gateway. */
const ownMachine = 'http://127.0.0.1:4000/'

export const usersEnvironment = subgraphEnvironment
  .extend(mailEnvironment)
  .extend({
    /** A JSON array of private JWKs: the first signs, all are published, so that a key can be replaced without a gap. */
    ACCESS_TOKEN_KEYS: z
      .string({ error: 'is missing; give a JSON array of private Ed25519 JWKs' })
      .transform(parseJson)
      .pipe(z.array(signingKey, { error: 'is not an array of private Ed25519 JWKs' }).min(1)),
    CARTS_URL: peerUrl,
    CARTS_SIGNING_SECRET: peerSecret,
    ORDERS_URL: peerUrl,
    ORDERS_SIGNING_SECRET: peerSecret,
    RECOMMENDATIONS_URL: peerUrl,
    RECOMMENDATIONS_SIGNING_SECRET: peerSecret,
    /** Comma-separated, every gateway: they are told which sessions have ended. Without it access tokens end those. */
    GATEWAY_URL: optionalVariable(
      z
        .string()
        .transform((text) => text.split(',').map((url) => url.trim()))
        .pipe(z.array(peerUrl)),
    ),
    GATEWAY_SIGNING_SECRET: optionalVariable(peerSecret),
    /** How many sign-ins and the like one network address has at once; see limit/limits.ts. */
    TRIES_PER_ADDRESS: optionalVariable(z.coerce.number('is not a number').int().min(1)),
    /** The shop front, whose pages mails link to. */
    STORE_URL: optionalVariable(z.url({ protocol: /^https?$/, error: 'is not an http:// URL' })),
  })
  .superRefine(checkMailEnvironment)
  .superRefine(({ NODE_ENV, DEMONSTRATION, STORE_URL }, context) => {
    if (NODE_ENV === 'production' && !DEMONSTRATION && STORE_URL === undefined)
      context.addIssue({ code: 'custom', path: ['STORE_URL'], message: 'is missing; mails link to its pages' })
  })
  .refine(({ GATEWAY_URL, GATEWAY_SIGNING_SECRET }) => !GATEWAY_URL === !GATEWAY_SIGNING_SECRET, {
    path: ['GATEWAY_SIGNING_SECRET'],
    message: 'and GATEWAY_URL go together',
  })
  .transform((environment) => ({
    ...environment,
    STORE_URL: withSlash(environment.STORE_URL ?? ownMachine),
    // On one's own machine everybody comes from one address: tests, benches and the shop's own demonstration.
    TRIES_PER_ADDRESS: environment.TRIES_PER_ADDRESS ?? (environment.NODE_ENV === 'production' ? 60 : 1_000_000),
  }))

/** Pages are found below it. */
function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}

export type UsersEnvironment = z.infer<typeof usersEnvironment>
