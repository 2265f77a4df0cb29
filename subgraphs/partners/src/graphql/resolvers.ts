import { resolveUserErrorType } from '@cartograph/error-catalogue'
import { DateTime, Decimal, moneyResolvers } from '@cartograph/service-runtime'
import type { Resolvers } from '../generated/resolvers.ts'
import { webhookDeliveryReplay } from './Mutation/webhookDeliveryReplay.ts'
import { webhookEndpointCreate } from './Mutation/webhookEndpointCreate.ts'
import { webhookEndpointDelete } from './Mutation/webhookEndpointDelete.ts'
import { webhookEndpointUpdate } from './Mutation/webhookEndpointUpdate.ts'
import { webhookSecretRotate } from './Mutation/webhookSecretRotate.ts'
import { Partner } from './Partner.ts'
import { WebhookDelivery } from './WebhookDelivery.ts'
import { WebhookEndpoint } from './WebhookEndpoint.ts'

export const resolvers: Resolvers = {
  Mutation: {
    webhookDeliveryReplay,
    webhookEndpointCreate,
    webhookEndpointDelete,
    webhookEndpointUpdate,
    webhookSecretRotate,
  } as Required<Resolvers>['Mutation'],
  Partner,
  WebhookDelivery,
  WebhookEndpoint,
  Money: moneyResolvers,
  UserError: { __resolveType: resolveUserErrorType },
  DateTime,
  Decimal,
}
