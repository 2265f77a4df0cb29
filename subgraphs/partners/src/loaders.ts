import { listLoaderOf, loaderOf } from '@cartograph/service-runtime'
import type { Database } from './database.ts'
import { findKeysOfPartners } from './key/find-keys.ts'
import { createManifestLoaders } from './manifest/manifest-loaders.ts'
import { findPartners } from './partner/find-partners.ts'
import { createUsageLoaders } from './usage/usage-loaders.ts'
import { createWebhookLoaders } from './webhook/webhook-loaders.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** One request's loaders: whatever a list's items ask for in one tick is one statement. */
export function createLoaders(db: Database, now: () => Date) {
  return {
    ...createManifestLoaders(db, now),
    ...createUsageLoaders(db, now),
    ...createWebhookLoaders(db),
    partner: loaderOf(
      (ids) => findPartners(db, ids),
      (partner) => partner.id,
    ),
    keysOfPartner: listLoaderOf(
      (ids) => findKeysOfPartners(db, ids),
      (key) => key.partnerId,
    ),
  }
}
