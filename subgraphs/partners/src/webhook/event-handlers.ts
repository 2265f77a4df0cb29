import * as contracts from '@cartograph/contracts'
import { actsIdempotentlyOn, type EventHandler } from '@cartograph/messaging'
import type { Database } from '../database.ts'
import { tellPartners } from './tell-partners.ts'
import { orderPlacedData, orderShippedData, priceChangedData, stockLowData } from './webhook-data.ts'
import type { WebhookServices } from './webhook-services.ts'

/** What partners are told of. A delivery that is there is not made again, so that nobody notes which events came. */
export function eventHandlers(services: Pick<WebhookServices, 'webhookJobs' | 'now'>): EventHandler<Database>[] {
  return [
    actsIdempotentlyOn(contracts.orderPlaced, (tx: Database, event) =>
      tellPartners(services, tx, 'ORDER_PLACED', event, orderPlacedData(event.payload)),
    ),
    actsIdempotentlyOn(contracts.orderShipped, (tx: Database, event) =>
      tellPartners(services, tx, 'ORDER_SHIPPED', event, orderShippedData(event.payload)),
    ),
    actsIdempotentlyOn(contracts.stockRunningLow, (tx: Database, event) =>
      tellPartners(services, tx, 'STOCK_LOW', event, stockLowData(event.payload)),
    ),
    actsIdempotentlyOn(contracts.priceChanged, (tx: Database, event) =>
      tellPartners(services, tx, 'PRICE_CHANGED', event, priceChangedData(event.payload)),
    ),
  ]
}
