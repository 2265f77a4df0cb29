import type { Viewer } from '@cartograph/viewer'
import type { PrismaClient } from './database.ts'
import { createLoaders, type Loaders } from './loaders.ts'

export interface OrdersContext {
  readonly viewer: Viewer
  readonly db: PrismaClient
  readonly loaders: Loaders
}

export function ordersContext(db: PrismaClient, viewer: Viewer): OrdersContext {
  return { viewer, db, loaders: createLoaders(db, viewer.userId) }
}
