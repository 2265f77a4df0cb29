import type { Viewer } from '@cartograph/viewer'
import { createLoaders, type Loaders } from './loaders.ts'
import type { InventoryServices } from './stock/inventory-services.ts'

export interface InventoryContext extends InventoryServices {
  readonly viewer: Viewer
  readonly loaders: Loaders
}

export function inventoryContext(services: InventoryServices, viewer: Viewer): InventoryContext {
  return { ...services, viewer, loaders: createLoaders(services.db) }
}
