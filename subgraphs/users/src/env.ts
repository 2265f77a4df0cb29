import { checkMailEnvironment, mailEnvironment } from '@cartograph/mail'
import { checkGatewaysEnvironment, gatewaysEnvironment } from '@cartograph/messaging'
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

const withoutQuery = (text: string) => !/[?#]/.test(text)
const httpUrl = z.url({ protocol: /^https?$/ }).refine(withoutQuery, { error: 'has a query or a fragment' })

const isNormal = (text: string) => URL.canParse(text) && new URL(text).href === text

/** A provider of OpenID Connect at which this shop is registered as a client. */
const externalProvider = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,50}$/),
  issuer: httpUrl,
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** Where the provider may send browsers back to, each to the letter. */
  redirectUris: z.array(httpUrl.refine(isNormal, { error: 'is not written as a browser writes it' })).min(1),
})

export type ExternalProvider = z.infer<typeof externalProvider>

const isEncrypted = ({ issuer, redirectUris }: ExternalProvider) =>
  [issuer, ...redirectUris].every((url) => url.startsWith('https://'))

const isUnique = (providers: readonly ExternalProvider[]) =>
  new Set(providers.map(({ id }) => id)).size === providers.length

export const usersEnvironment = subgraphEnvironment
  .extend(mailEnvironment)
  // Gateways are told which sessions have ended. Without them access tokens end those.
  .extend(gatewaysEnvironment)
  .extend({
    /** A JSON array of the providers that users may sign in at. */
    OIDC_PROVIDERS: z
      .string()
      .default('[]')
      .transform(parseJson)
      .pipe(z.array(externalProvider).refine(isUnique, { error: 'has two providers of one id' })),
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
    /** How many sign-ins and the like one network address has at once; see limit/limits.ts. */
    TRIES_PER_ADDRESS: optionalVariable(z.coerce.number('is not a number').int().min(1)),
    /** Where staff must sign in to have their scopes: `provider` for OpenID Connect alone, which can ask for a second factor. */
    STAFF_SIGN_IN: z.preprocess((text) => text || undefined, z.enum(['anywhere', 'provider']).default('anywhere')),
    /** The shop front, whose pages mails link to. */
    STORE_URL: optionalVariable(z.url({ protocol: /^https?$/, error: 'is not an http:// URL' })),
  })
  .superRefine(checkMailEnvironment)
  .superRefine(checkGatewaysEnvironment)
  .superRefine(({ NODE_ENV, DEMONSTRATION, STORE_URL }, context) => {
    if (NODE_ENV === 'production' && !DEMONSTRATION && STORE_URL === undefined)
      context.addIssue({ code: 'custom', path: ['STORE_URL'], message: 'is missing; mails link to its pages' })
  })
  .refine(({ NODE_ENV, OIDC_PROVIDERS }) => NODE_ENV !== 'production' || OIDC_PROVIDERS.every(isEncrypted), {
    path: ['OIDC_PROVIDERS'],
    error: 'has an http:// URL, which is not for production: codes and tokens would be sent unencrypted',
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
