import { peerSecret, peerUrl, subgraphEnvironment } from '@cartograph/service-runtime'

export const productsEnvironment = subgraphEnvironment.extend({
  CARTS_URL: peerUrl,
  CARTS_SIGNING_SECRET: peerSecret,
  PARTNERS_URL: peerUrl,
  PARTNERS_SIGNING_SECRET: peerSecret,
  RECOMMENDATIONS_URL: peerUrl,
  RECOMMENDATIONS_SIGNING_SECRET: peerSecret,
})
