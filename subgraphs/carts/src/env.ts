import { peerSecret, peerUrl, subgraphEnvironment } from '@cartograph/service-runtime'

export const cartsEnvironment = subgraphEnvironment.extend({
  PRODUCTS_URL: peerUrl,
  PRODUCTS_SIGNING_SECRET: peerSecret,
  INVENTORY_URL: peerUrl,
  INVENTORY_SIGNING_SECRET: peerSecret,
  RECOMMENDATIONS_URL: peerUrl,
  RECOMMENDATIONS_SIGNING_SECRET: peerSecret,
})
