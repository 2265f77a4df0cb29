import type { Viewer } from '@cartograph/viewer'
import { createLoaders, type Loaders } from './loaders.ts'
import type { ManifestServices } from './manifest/manifest-services.ts'
import type { WebhookServices } from './webhook/webhook-services.ts'

export interface PartnersContext extends ManifestServices, WebhookServices {
  readonly viewer: Viewer
  readonly loaders: Loaders
}

export function partnersContext(services: ManifestServices & WebhookServices, viewer: Viewer): PartnersContext {
  return { ...services, viewer, loaders: createLoaders(services.db, services.now) }
}
