import * as contracts from '@cartograph/contracts'
import { actsOn, type EventHandler } from '@cartograph/messaging'
import type { Database } from '../database.ts'
import { tellPartners } from './tell-partners.ts'
import { orderPlacedData, orderShippedData, priceChangedData, stockLowData } from './webhook-data.ts'
import type { WebhookServices } from './webhook-services.ts'

/** What partners are told of, in the transaction that notes that it was. */
export function eventHandlers(services: Pick<WebhookServices, 'webhookJobs' | 'now'>): EventHandler<Database>[] {
  return [
    actsOn(contracts.orderPlaced, (tx: Database, event) =>
      tellPartners(services, tx, 'ORDER_PLACED', event, orderPlacedData(event.payload)),
    ),
    actsOn(contracts.orderShipped, (tx: Database, event) =>
      tellPartners(services, tx, 'ORDER_SHIPPED', event, orderShippedData(event.payload)),
    ),
    actsOn(contracts.stockRunningLow, (tx: Database, event) =>
      tellPartners(services, tx, 'STOCK_LOW', event, stockLowData(event.payload)),
    ),
    actsOn(contracts.priceChanged, (tx: Database, event) =>
      tellPartners(services, tx, 'PRICE_CHANGED', event, priceChangedData(event.payload)),
    ),
  ]
}
