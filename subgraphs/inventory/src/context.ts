import { requestError } from '@cartograph/error-catalogue'
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

/** The UUID of who is signed in. Only behind @requiresScopes; throws UNAUTHENTICATED all the same. */
export function signedInUserId({ viewer }: InventoryContext): string {
  if (viewer.userId === null) throw requestError('UNAUTHENTICATED', 'Sign in to see or do this.')
  return viewer.userId
}
