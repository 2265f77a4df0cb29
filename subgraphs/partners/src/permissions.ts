import { type Permissions, viewerRule } from '@cartograph/viewer/permissions'

const staffOnly = viewerRule('partners:read', (viewer) => viewer.may('partners:read'))

export const permissions: Permissions = {
  // Both are entities, so `_entities` reaches them past every root field.
  'Partner.*': staffOnly,
  'Manifest.*': staffOnly,
}
