import { serviceEnvironment, signingSecrets } from '@cartograph/service-runtime'
import { z } from 'zod'

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

/**
 * What the gateway reads, besides `<NAME>_URL` and `<NAME>_SIGNING_SECRET` of each subgraph of its supergraph: see
 * `subgraphEndpoints`.
 */
export const gatewayEnvironment = serviceEnvironment
  .extend({
    /** Follows supergraph.yaml and the schema files it names, instead of serving supergraph.graphql as it was committed. */
    WATCH_SCHEMAS: flag.default(false),
    /** Comma-separated addresses or CIDR ranges of the proxies before the gateway, whose `x-forwarded-for` is believed. */
    TRUSTED_PROXIES: z
      .string()
      .transform((text) =>
        text
          .split(',')
          .map((address) => address.trim())
          .filter((address) => address !== ''),
      )
      .pipe(
        z.array(
          z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: 'holds what is no address or CIDR range' }),
        ),
      )
      .default([]),
    /** What services sign events to the gateway with; without it none are taken, and only time ends access tokens. */
    GATEWAY_SIGNING_SECRETS: signingSecrets.optional(),
    /** Offers the playground, introspection and query plans. */
    PLAYGROUND: flag.optional(),
  })
  .transform((environment) => ({
    ...environment,
    PLAYGROUND: environment.PLAYGROUND ?? environment.NODE_ENV !== 'production',
  }))

export type GatewayEnvironment = z.infer<typeof gatewayEnvironment>
