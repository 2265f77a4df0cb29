import { type Permissions, viewerRule } from '@cartograph/viewer/permissions'

const staffOnly = viewerRule('inventory:read', (viewer) => viewer.may('inventory:read'))

export const permissions: Permissions = {
  // Both are entities, so `_entities` reaches them past every root field.
  'StockLevel.*': staffOnly,
  'StockLocation.*': staffOnly,
}
