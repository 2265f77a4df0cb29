import { fromGlobalId, toGlobalId } from '@cartograph/global-ids'
import type { MatrixShop } from './matrix-shop.ts'

/**
 * The object of each entity type that the matrix asks for: the owner's, where such things have owners. With what its
 * fields @require, as the gateway would send it.
 */
export function entityReferences({ ids, people }: MatrixShop): Readonly<Record<string, Reference>> {
  const variant = { __typename: 'ProductVariant', id: ids.variant, sku: 'LAMP' }
  return {
    User: { id: people.owner.id },
    // Only of an account that is shut is there a time.
    'User.disabledAt': { id: ids.disabledUser },
    PersonalData: { id: toGlobalId('PersonalData', fromGlobalId('User', people.owner.id)) },
    Address: { id: ids.address },
    Product: { id: ids.product, variants: [variant] },
    ProductVariant: { id: ids.variant, sku: 'LAMP' },
    Category: { id: ids.category },
    // Only of one that has any.
    'Category.children': { id: ids.parentCategory },
    StockLevel: { id: ids.level },
    StockLocation: { id: ids.location },
    Cart: { id: ids.cart, lines: [{ __typename: 'CartLine', id: ids.cartLine, variant }] },
    CartLine: { id: ids.cartLine, variant },
    Order: { id: ids.order },
    // Only of an order that was called off is there a reason.
    'Order.cancelReason': { id: ids.cancelledOrder },
    Partner: { id: ids.partner },
    Manifest: { id: ids.manifest },
    // Only of one that is to end are there times.
    'Manifest.deprecatedAt': { id: ids.sunsetManifest },
    'Manifest.sunsetAt': { id: ids.sunsetManifest },
  }
}

export interface Reference {
  readonly id: string
  readonly [field: string]: unknown
}
