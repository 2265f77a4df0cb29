import { peerSecret, peerUrl, subgraphEnvironment } from '@cartograph/service-runtime'

export const inventoryEnvironment = subgraphEnvironment.extend({
  ORDERS_URL: peerUrl,
  ORDERS_SIGNING_SECRET: peerSecret,
  PARTNERS_URL: peerUrl,
  PARTNERS_SIGNING_SECRET: peerSecret,
  RECOMMENDATIONS_URL: peerUrl,
  RECOMMENDATIONS_SIGNING_SECRET: peerSecret,
})
