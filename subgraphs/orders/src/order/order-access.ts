import type { Viewer } from '@cartograph/viewer'

/** Orders are their customer's, and those of staff who may read orders. A guest's order is nobody's else. */
export function maySeeOrdersOf(viewer: Viewer, customerId: string | null): boolean {
  return (viewer.userId !== null && viewer.userId === customerId) || viewer.may('orders:read')
}
