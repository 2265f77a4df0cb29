import type { Viewer } from '@cartograph/viewer'
import type { CheckoutRunner } from './checkout/checkout-runner.ts'
import type { PrismaClient } from './database.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import type { OrderServices } from './order/order-services.ts'

export interface OrdersContext {
  readonly viewer: Viewer
  readonly db: PrismaClient
  readonly loaders: Loaders
  readonly services: OrderServices & { readonly runner: CheckoutRunner }
}

export function ordersContext(services: OrdersContext['services'], viewer: Viewer): OrdersContext {
  const { db } = services
  return { viewer, db, services, loaders: createLoaders(db, viewer.userId) }
}
