import { resolveUserErrorType } from '@cartograph/error-catalogue'
import { DateTime, Decimal, moneyResolvers } from '@cartograph/service-runtime'
import type { Resolvers } from '../generated/resolvers.ts'
import { Manifest } from './Manifest.ts'
import { manifestPublish } from './Mutation/manifestPublish.ts'
import { manifestSunset } from './Mutation/manifestSunset.ts'
import { partnerCreate } from './Mutation/partnerCreate.ts'
import { partnerKeyCreate } from './Mutation/partnerKeyCreate.ts'
import { partnerKeyRevoke } from './Mutation/partnerKeyRevoke.ts'
import { partnerUpdate } from './Mutation/partnerUpdate.ts'
import { persistedOperationsAdd } from './Mutation/persistedOperationsAdd.ts'
import { webhookDeliveryReplay } from './Mutation/webhookDeliveryReplay.ts'
import { webhookEndpointCreate } from './Mutation/webhookEndpointCreate.ts'
import { webhookEndpointDelete } from './Mutation/webhookEndpointDelete.ts'
import { webhookEndpointUpdate } from './Mutation/webhookEndpointUpdate.ts'
import { webhookSecretRotate } from './Mutation/webhookSecretRotate.ts'
import { Partner } from './Partner.ts'
import { PartnerEvent } from './PartnerEvent.ts'
import { PartnerKey } from './PartnerKey.ts'
import { PersistedOperation } from './PersistedOperation.ts'
import { partner } from './Query/partner.ts'
import { partnerEvents } from './Query/partnerEvents.ts'
import { partners } from './Query/partners.ts'
import { WebhookDelivery } from './WebhookDelivery.ts'
import { WebhookEndpoint } from './WebhookEndpoint.ts'

export const resolvers: Resolvers = {
  Query: { partner, partnerEvents, partners },
  Mutation: {
    manifestPublish,
    manifestSunset,
    partnerCreate,
    partnerKeyCreate,
    partnerKeyRevoke,
    partnerUpdate,
    persistedOperationsAdd,
    webhookDeliveryReplay,
    webhookEndpointCreate,
    webhookEndpointDelete,
    webhookEndpointUpdate,
    webhookSecretRotate,
  },
  Manifest,
  Partner,
  PartnerEvent,
  PartnerKey,
  PersistedOperation,
  WebhookDelivery,
  WebhookEndpoint,
  Money: moneyResolvers,
  UserError: { __resolveType: resolveUserErrorType },
  DateTime,
  Decimal,
}
