import { fileURLToPath } from 'node:url'
import { committedSupergraphFile } from '@cartograph/composition/committed-supergraph'
import { checkGatewaysEnvironment, gatewaysEnvironment } from '@cartograph/messaging'
import { optionalVariable, subgraphEnvironment } from '@cartograph/service-runtime'
import { z } from 'zod'
import { encryptionKeys } from './webhook/encryption-keys.ts'

export const partnersEnvironment = subgraphEnvironment
  .extend(gatewaysEnvironment)
  .extend({
    /** What publishing is judged by: the supergraph that the gateways serve, with its permissions. */
    SUPERGRAPH_FILE: optionalVariable(z.string()).transform((file) => file ?? fileURLToPath(committedSupergraphFile)),
    /** What one operation may cost, as in the gateways. */
    MOST_OPERATION_COST: z.coerce.number().int().positive().default(5_000),
    /** What the signing secrets of webhooks are sealed with. */
    WEBHOOK_ENCRYPTION_KEYS: encryptionKeys,
    /** Set to `true` where webhooks may be sent over plain HTTP, and to addresses that are not public. */
    WEBHOOK_PRIVATE_NETWORKS: z
      .enum(['true', 'false', ''])
      .default('false')
      .transform((text) => text === 'true'),
  })
  .superRefine(checkGatewaysEnvironment)
  .refine(({ NODE_ENV, WEBHOOK_PRIVATE_NETWORKS }) => NODE_ENV !== 'production' || !WEBHOOK_PRIVATE_NETWORKS, {
    path: ['WEBHOOK_PRIVATE_NETWORKS'],
    error: 'is not for production: partners would choose what is asked within our network',
  })

export type PartnersEnvironment = z.infer<typeof partnersEnvironment>
