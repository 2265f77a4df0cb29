import { loaderOf } from '@cartograph/service-runtime'
import type { Database } from './database.ts'
import { findPartners } from './partner/find-partners.ts'
import { createWebhookLoaders } from './webhook/webhook-loaders.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** One request's loaders: whatever a list's items ask for in one tick is one statement. */
export function createLoaders(db: Database) {
  return {
    ...createWebhookLoaders(db),
    partner: loaderOf(
      (ids) => findPartners(db, ids),
      (partner) => partner.id,
    ),
  }
}
