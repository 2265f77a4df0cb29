import { type PageLoader, pageLoaderOf, type RowOfPage } from '@cartograph/keyset-paging'
import { listLoaderOf } from '@cartograph/service-runtime'
import type { Database } from '../database.ts'
import { findAttemptsOfDeliveries } from './find-attempts.ts'
import { findEndpointsOfPartners } from './find-endpoints.ts'
import { findPagesOfDeliveries } from './list-deliveries.ts'
import type { WebhookDelivery, WebhookDeliveryStatus } from './webhook-delivery.ts'

/** One request's loaders of webhooks: whatever a list's items ask for in one tick is one statement. */
export function createWebhookLoaders(db: Database) {
  const pages = new Map<WebhookDeliveryStatus | null, PageLoader<WebhookDelivery & RowOfPage>>()
  return {
    endpointsOfPartner: listLoaderOf(
      (ids) => findEndpointsOfPartners(db, ids),
      (endpoint) => endpoint.partnerId,
    ),
    /** Those of all states, or of one: each a statement. */
    pagesOfDeliveries(status: WebhookDeliveryStatus | null): PageLoader<WebhookDelivery & RowOfPage> {
      const known = pages.get(status)
      if (known) return known
      const made = pageLoaderOf((wanted) => findPagesOfDeliveries(db, status, wanted))
      pages.set(status, made)
      return made
    },
    attemptsOfDelivery: listLoaderOf(
      (ids) => findAttemptsOfDeliveries(db, ids),
      (attempt) => attempt.deliveryId,
    ),
  }
}
