import type { Viewer } from '@cartograph/viewer'
import type { PrismaClient } from './database.ts'
import { createLoaders, type Loaders } from './loaders.ts'

export interface InventoryContext {
  readonly viewer: Viewer
  readonly db: PrismaClient
  readonly loaders: Loaders
}

export function inventoryContext(db: PrismaClient, viewer: Viewer): InventoryContext {
  return { viewer, db, loaders: createLoaders(db) }
}
