import * as contracts from '@cartograph/contracts'
import { actsOn, carriesOut, type CommandHandler, type EventHandler } from '@cartograph/messaging'
import type { Database } from '../database.ts'
import type { InventoryServices } from '../stock/inventory-services.ts'
import { commitReservation } from './commit-reservation.ts'
import { releaseStock } from './release-stock.ts'
import { reserveStock } from './reserve-stock.ts'
import { restockCancelledOrder } from './restock-cancelled-order.ts'
import { restockRefund } from './restock-refund.ts'

/** What other services have inventory do, each in the transaction that notes the message. */
export function commandHandlers(services: InventoryServices): CommandHandler<Database>[] {
  return [
    carriesOut(contracts.reserveStock, (tx: Database, input) => reserveStock(services, tx, input)),
    carriesOut(contracts.releaseStock, (tx: Database, input) => releaseStock(services, tx, input)),
  ]
}

/** What inventory does about what happens elsewhere, in any order of arrival. */
export function eventHandlers(services: InventoryServices): EventHandler<Database>[] {
  return [
    actsOn(contracts.orderPlaced, (tx: Database, { payload }) => commitReservation(services, tx, payload.checkoutId)),
    actsOn(contracts.orderCancelled, (tx: Database, { payload }) => restockCancelledOrder(services, tx, payload)),
    actsOn(contracts.orderRefunded, (tx: Database, { payload }) => restockRefund(services, tx, payload)),
  ]
}
