import type { Viewer } from '@cartograph/viewer'
import type { PrismaClient } from './database.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import type { ServedModels } from './personal/served-models.ts'

/** What all requests share. */
export interface RecommendationsServices {
  readonly db: PrismaClient
  readonly models: ServedModels
  readonly now: () => Date
}

export interface RecommendationsContext extends RecommendationsServices {
  readonly viewer: Viewer
  readonly loaders: Loaders
}

export function recommendationsContext(services: RecommendationsServices, viewer: Viewer): RecommendationsContext {
  return { ...services, viewer, loaders: createLoaders(services.db) }
}
