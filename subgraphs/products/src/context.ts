import type { Viewer } from '@cartograph/viewer'
import type { PrismaClient } from './database.ts'
import { createLoaders, type Loaders } from './loaders.ts'

export interface ProductsContext {
  readonly viewer: Viewer
  readonly db: PrismaClient
  readonly loaders: Loaders
}

export function productsContext(db: PrismaClient, viewer: Viewer): ProductsContext {
  return { viewer, db, loaders: createLoaders(db) }
}
