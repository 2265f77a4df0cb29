import { subgraphEnvironment } from '@cartograph/service-runtime'
import { z } from 'zod'

const peerUrl = z.url({ protocol: /^https?$/, error: 'is missing or not an http:// URL' })
const peerSecret = z.string({ error: 'is missing' }).min(32, 'is shorter than 32 characters')

export const inventoryEnvironment = subgraphEnvironment.extend({
  ORDERS_URL: peerUrl,
  ORDERS_SIGNING_SECRET: peerSecret,
  RECOMMENDATIONS_URL: peerUrl,
  RECOMMENDATIONS_SIGNING_SECRET: peerSecret,
})
