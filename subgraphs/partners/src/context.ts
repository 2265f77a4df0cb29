import type { Viewer } from '@cartograph/viewer'
import { createLoaders, type Loaders } from './loaders.ts'
import type { PartnersServices } from './partner/partners-services.ts'
import type { WebhookServices } from './webhook/webhook-services.ts'

export interface PartnersContext extends PartnersServices, WebhookServices {
  readonly viewer: Viewer
  readonly loaders: Loaders
}

export function partnersContext(services: PartnersServices & WebhookServices, viewer: Viewer): PartnersContext {
  return { ...services, viewer, loaders: createLoaders(services.db, services.now) }
}
