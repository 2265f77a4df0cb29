import { pageLoaderOf } from '@cartograph/keyset-paging'
import { listLoaderOf, loaderOf } from '@cartograph/service-runtime'
import type { Database } from './database.ts'
import { countOrdersOfCustomers } from './order/count-orders.ts'
import { findLinesOfOrders, findOrders, findOrdersByNumber } from './order/find-orders.ts'
import { findPurchasedProducts } from './order/find-purchased-products.ts'
import { findPagesOfCustomerOrders } from './order/list-orders-of-customer.ts'
import { findPagesOfTimelines } from './order/list-timeline.ts'
import { findFulfillmentsOfOrders, findPaymentsOfOrders, findRefundsOfOrders } from './order/order-parts.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** One request's loaders: whatever a list's items ask for in one tick is one statement. */
export function createLoaders(db: Database, viewerId: string | null) {
  return {
    order: loaderOf(
      (ids) => findOrders(db, ids),
      (order) => order.id,
    ),
    orderByNumber: loaderOf(
      (numbers) => findOrdersByNumber(db, numbers),
      (order) => order.number,
    ),
    linesOfOrder: listLoaderOf(
      (ids) => findLinesOfOrders(db, ids),
      (line) => line.orderId,
    ),
    paymentsOfOrder: listLoaderOf(
      (ids) => findPaymentsOfOrders(db, ids),
      (payment) => payment.orderId,
    ),
    fulfillmentsOfOrder: listLoaderOf(
      (ids) => findFulfillmentsOfOrders(db, ids),
      (fulfillment) => fulfillment.orderId,
    ),
    refundsOfOrder: listLoaderOf(
      (ids) => findRefundsOfOrders(db, ids),
      (refund) => refund.orderId,
    ),
    pageOfTimeline: pageLoaderOf((pages) => findPagesOfTimelines(db, pages)),
    pageOfCustomerOrders: pageLoaderOf((pages) => findPagesOfCustomerOrders(db, pages)),
    orderCountOfCustomer: loaderOf(
      (ids) => countOrdersOfCustomers(db, ids),
      (count) => count.customerId,
    ),
    /** A row for each product that the viewer has bought; a guest has bought nothing that we know of. */
    purchaseByViewer: loaderOf(
      async (ids) => (viewerId === null ? [] : findPurchasedProducts(db, viewerId, ids)),
      (purchase) => purchase.productId,
    ),
  }
}
