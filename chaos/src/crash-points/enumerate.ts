/** Where a process may be told to die, and which process that is. */
export interface CrashSite {
  readonly process: 'users' | 'orders' | 'carts' | 'inventory' | 'recommendations' | 'products' | 'partners'
  readonly point: string
}

const forward = ['before effect', 'after effect', 'recorded']
const backward = ['before undo', 'after undo']
const received = ['before commit', 'before answer']
const delivered = ['before delivery', 'after delivery']

const sites = (process: CrashSite['process'], names: readonly string[], moments: readonly string[]): CrashSite[] =>
  names.flatMap((name) => moments.map((moment) => ({ process, point: `${name} ${moment}` })))

/**
 * Every crash point there is, before and after every effect: of the checkout and its undoing, of what is done with money
 * and mails afterwards, of commands and events where they are received and where events are sent.
 */
export const crashSites: readonly CrashSite[] = [
  { process: 'orders', point: 'checkout accepted' },
  { process: 'orders', point: 'checkout before answer' },
  // Early, while both processes of orders still die often: events go where their connection goes, until that breaks.
  ...sites('orders', ['users.account-deleted.v1'], received),
  ...sites('orders', ['CART_LOCKED', 'STOCK_RESERVED', 'PAYMENT_AUTHORIZED', 'ORDERED', 'PAYMENT_SETTLED'], forward),
  ...sites('orders', ['CART_LOCKED', 'STOCK_RESERVED'], backward),
  ...sites('orders', ['order change'], received),
  ...sites('orders', ['refund', 'void'], forward),
  ...sites('orders', ['mail'], ['before sending', 'after sending']),
  ...sites('orders', ['events to carts', 'events to inventory', 'events to partners'], delivered),
  ...sites('orders', ['events to recommendations'], delivered),
  { process: 'users', point: 'account deletion before commit' },
  ...sites('users', ['mail'], ['before sending', 'after sending']),
  ...sites('users', ['events to carts', 'events to orders', 'events to recommendations'], delivered),
  ...sites('carts', ['carts.lock-cart.v1', 'carts.unlock-cart.v1'], received),
  ...sites('carts', ['orders.order-placed.v1', 'products.price-changed.v1', 'users.account-deleted.v1'], received),
  ...sites('carts', ['events to recommendations'], delivered),
  ...sites('inventory', ['inventory.reserve-stock.v1', 'inventory.release-stock.v1'], received),
  ...sites('inventory', ['orders.order-placed.v1', 'orders.order-cancelled.v1', 'orders.order-refunded.v1'], received),
  ...sites('inventory', ['events to partners', 'events to recommendations'], delivered),
  ...sites('recommendations', ['orders.order-placed.v1', 'orders.order-cancelled.v1'], received),
  ...sites('recommendations', ['users.account-deleted.v1', 'carts.lines-added.v1'], received),
  ...sites('recommendations', ['products.product-changed.v1', 'inventory.stock-running-low.v1'], received),
  ...sites('products', ['events to carts', 'events to partners', 'events to recommendations'], delivered),
  ...sites('partners', ['orders.order-placed.v1', 'orders.order-shipped.v1'], received),
  ...sites('partners', ['inventory.stock-running-low.v1', 'products.price-changed.v1'], received),
]
