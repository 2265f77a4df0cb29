import { notFound, Refused } from '@cartograph/error-catalogue'
import { type Database, Prisma } from '../database.ts'
import type { WebhookEndpoint } from './webhook-endpoint.ts'

const columns = Prisma.sql`e.id, e.partner_id as "partnerId", e.url, e.event_types as "eventTypes",
  e.is_enabled as "isEnabled", e.created_at as "createdAt", e.last_delivery_at as "lastDeliveryAt",
  e.failing_since as "failingSince"`

/** The endpoints of partners, the oldest first. */
export async function findEndpointsOfPartners(db: Database, partnerIds: readonly string[]): Promise<WebhookEndpoint[]> {
  return db.$queryRaw<WebhookEndpoint[]>`
    select ${columns} from webhook_endpoint e where e.partner_id = any(${partnerIds}::uuid[])
    order by e.created_at, e.id`
}

/** An endpoint, which nobody else changes until the transaction ends. Refuses, at `endpointId`, when it is not there. */
export async function lockEndpoint(tx: Database, id: string): Promise<WebhookEndpoint> {
  const [endpoint] = await tx.$queryRaw<WebhookEndpoint[]>`
    select ${columns} from webhook_endpoint e where e.id = ${id}::uuid for no key update`
  if (!endpoint) throw new Refused([notFound('The endpoint does not exist.', ['endpointId'])])
  return endpoint
}
