import { optionalVariable, serviceEnvironment, signingSecrets } from '@cartograph/service-runtime/process'
import { z } from 'zod'

const milliseconds = z.coerce.number().int().min(1).max(600_000)

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

const commaSeparated = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text

/**
 * What the gateway reads, besides `<NAME>_URL` and `<NAME>_SIGNING_SECRET` of each subgraph of its supergraph: see
 * `subgraphEndpoints`.
 */
export const gatewayEnvironment = serviceEnvironment
  .extend({
    /** Follows supergraph.yaml and the schema files it names, instead of serving supergraph.graphql as it was committed. */
    WATCH_SCHEMAS: flag.default(false),
    /** Comma-separated addresses or CIDR ranges of the proxies before the gateway, whose `x-forwarded-for` is believed. */
    TRUSTED_PROXIES: commaSeparated
      .pipe(
        z.array(
          z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: 'holds what is no address or CIDR range' }),
        ),
      )
      .default([]),
    /** What services sign events to the gateway with; without it none are taken, and only time ends access tokens. */
    GATEWAY_SIGNING_SECRETS: signingSecrets.optional(),
    /** What CSRF tokens of browser sessions are made with; the same in every gateway of a shop. */
    BROWSER_SESSION_SECRETS: signingSecrets,
    /** Comma-separated origins of the pages that use browser sessions, where a proxy hides the host they were opened at. */
    BROWSER_ORIGINS: commaSeparated
      .pipe(z.array(z.string().refine(isOrigin, { error: 'holds what is no origin, such as https://shop.example' })))
      .default([]),
    /** How long one request to a subgraph may take. */
    SUBGRAPH_DEADLINE_MS: milliseconds.default(10_000),
    /** How long a client's request may take; what subgraphs have not answered by then is null in its answer. */
    REQUEST_DEADLINE_MS: milliseconds.default(15_000),
    /** How long a fetch of a plan waits for others that can go to its subgraph in the same request. */
    FETCH_PATIENCE_MS: z.coerce.number().int().min(0).max(60_000).default(10),
    /** What one operation may cost by the @cost and @listSize of the supergraph. Our costliest page comes to 484. */
    MOST_OPERATION_COST: z.coerce.number().int().positive().default(5_000),
    /** MiB of memory for answers that anybody may be given, by @cacheControl; 0 keeps none. */
    ANSWER_CACHE_MEBIBYTES: z.coerce.number().int().min(0).max(4_096).default(32),
    /** A Redis in which gateways have such answers in common. */
    ANSWER_CACHE_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    /** Requests that are taken and not yet answered, of which more are refused; half as many again that complete a checkout. */
    MOST_REQUESTS_IN_FLIGHT: z.coerce.number().int().positive().default(2_000),
    /** How late the event loop may be each time round before requests are refused; four times that for a checkout. */
    MOST_LOOP_DELAY_MS: z.coerce.number().int().positive().default(500),
    /** Whether clients may send the text of an operation, may but it is logged, or must name a persisted operation. */
    PERSISTED_OPERATIONS: z.enum(['optional', 'log-only', 'required']).default('optional'),
    /** Comma-separated files with the manifests of the shop's own front ends. */
    OPERATION_MANIFESTS: commaSeparated.default([]),
    /** Where gateways count together what partners spend; `memory:` says that this one is alone. */
    PARTNER_BUDGETS_URL: optionalVariable(z.url({ protocol: /^(postgres(ql)?|rediss?|memory)$/ })),
    /** Session cookies without `Secure` and `__Host-`, which a browser would not keep over plain http. */
    PLAIN_HTTP_COOKIES: flag.optional(),
    /** Offers the playground, introspection, and to whoever asks how an operation was run. */
    PLAYGROUND: flag.optional(),
  })
  .refine(({ NODE_ENV, PLAIN_HTTP_COOKIES }) => NODE_ENV !== 'production' || PLAIN_HTTP_COOKIES !== true, {
    path: ['PLAIN_HTTP_COOKIES'],
    error: 'is not for production: session cookies would be sent unencrypted',
  })
  .refine(
    ({ PERSISTED_OPERATIONS, OPERATION_MANIFESTS }) =>
      PERSISTED_OPERATIONS !== 'required' || OPERATION_MANIFESTS.length > 0,
    { path: ['PERSISTED_OPERATIONS'], error: 'is required, and OPERATION_MANIFESTS names none: nothing could run' },
  )
  .refine(({ NODE_ENV, PARTNER_BUDGETS_URL }) => NODE_ENV !== 'production' || PARTNER_BUDGETS_URL !== undefined, {
    path: ['PARTNER_BUDGETS_URL'],
    error:
      'is missing: each gateway would give each partner its whole budget; name a PostgreSQL or a Redis, or memory: for a gateway that is alone',
  })
  .transform((environment) => ({
    ...environment,
    PLAIN_HTTP_COOKIES: environment.PLAIN_HTTP_COOKIES ?? environment.NODE_ENV !== 'production',
    PLAYGROUND: environment.PLAYGROUND ?? environment.NODE_ENV !== 'production',
  }))

export type GatewayEnvironment = z.infer<typeof gatewayEnvironment>
