import type { Viewer } from '@cartograph/viewer'
import type { PrismaClient } from './database.ts'
import { createLoaders, type Loaders } from './loaders.ts'

export interface RecommendationsContext {
  readonly viewer: Viewer
  readonly db: PrismaClient
  readonly now: () => Date
  readonly loaders: Loaders
}

export function recommendationsContext(db: PrismaClient, now: () => Date, viewer: Viewer): RecommendationsContext {
  return { viewer, db, now, loaders: createLoaders(db) }
}
