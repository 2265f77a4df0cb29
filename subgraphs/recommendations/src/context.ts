import type { Viewer } from '@cartograph/viewer'
import type { PrismaClient } from './database.ts'
import { createLoaders, type Loaders } from './loaders.ts'

export interface RecommendationsContext {
  readonly viewer: Viewer
  readonly db: PrismaClient
  readonly loaders: Loaders
}

export function recommendationsContext(db: PrismaClient, viewer: Viewer): RecommendationsContext {
  return { viewer, db, loaders: createLoaders(db) }
}
