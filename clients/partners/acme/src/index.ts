export { Cartograph, CartographError, type CartographOptions } from './cartograph.ts'
export { type FeedProduct, readProductFeed } from './product-feed.ts'
export { sendOrder } from './send-order.ts'
export { type ShopEvent, webhookReceiver } from './webhook-receiver.ts'
