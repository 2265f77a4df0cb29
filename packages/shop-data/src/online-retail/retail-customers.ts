import type { CartRecord, CustomerRecord } from '@cartograph/contracts'
import { stableUuid } from '../stable-uuid.ts'
import type { CatalogueEntry } from './read-catalogue.ts'
import type { Invoice } from './read-invoices.ts'

const ORDERS_FOR_A_CART = 10
const LINES_IN_THE_CART = 3

/** A customer who can log in, with what decides about the cart. */
interface Purchases {
  readonly customer: string
  readonly units: Map<CatalogueEntry, number>
  orders: number
  lastOrder: Date
}

/** The customers met so far. */
export interface RetailCustomers {
  /** Takes note of an invoice; the record of its customer when this is their first, else null. */
  meet(invoice: Invoice): CustomerRecord | null
  /**
   * A cart with the three SKUs bought most, at catalogue prices, for the first customer with the demo password who has
   * at least ten orders; null when there is none.
   */
  cart(): CartRecord | null
}

/** The id of the customer with this number. */
export function retailCustomerId(customer: string): string {
  return stableUuid('online-retail/customer', customer)
}

/** Starts with nobody; the first `demoPasswords` customers to appear get the demo password. */
export function retailCustomers(demoPasswords: number): RetailCustomers {
  const known = new Set<string>()
  const watched = new Map<string, Purchases>()
  return {
    meet: (invoice) => {
      const { customer, placedAt } = invoice
      const isNew = !known.has(customer)
      const demoPassword = isNew && known.size < demoPasswords
      known.add(customer)
      if (demoPassword) watched.set(customer, { customer, units: new Map(), orders: 0, lastOrder: placedAt })
      const purchases = watched.get(customer)
      if (purchases !== undefined) count(purchases, invoice)
      return isNew ? customerRecord(customer, placedAt, demoPassword) : null
    },
    cart: () => {
      const purchases = watched.values().find(({ orders }) => orders >= ORDERS_FOR_A_CART)
      return purchases === undefined ? null : cartOf(purchases)
    },
  }
}

function count(purchases: Purchases, { placedAt, lines }: Invoice): void {
  purchases.orders += 1
  purchases.lastOrder = placedAt
  for (const { entry, quantity } of lines) purchases.units.set(entry, (purchases.units.get(entry) ?? 0) + quantity)
}

function customerRecord(customer: string, firstOrder: Date, demoPassword: boolean): CustomerRecord {
  return {
    kind: 'customer',
    id: retailCustomerId(customer),
    email: `customer-${customer}@online-retail.example`,
    displayName: `Customer ${customer}`,
    roles: ['CUSTOMER'],
    demoPassword,
    preferredCurrency: 'GBP',
    createdAt: firstOrder.toISOString(),
    // The file tells the country alone, and an address made up around it would be a lie.
    address: null,
  }
}

function cartOf({ customer, units, lastOrder }: Purchases): CartRecord {
  const favourites = [...units].toSorted(([, one], [, other]) => other - one).slice(0, LINES_IN_THE_CART)
  return {
    kind: 'cart',
    id: stableUuid('online-retail/cart', customer),
    customerId: retailCustomerId(customer),
    currencyCode: 'GBP',
    updatedAt: lastOrder.toISOString(),
    lines: favourites.map(([{ sku, variantId, price }]) => ({
      id: stableUuid('online-retail/cart-line', `${customer}/${sku}`),
      variantId,
      quantity: 1,
      unitPrice: price,
    })),
  }
}
