import { subgraphEnvironment } from '@cartograph/service-runtime'
import { z } from 'zod'

const peerUrl = z.url({ protocol: /^https?$/, error: 'is missing or not an http:// URL' })
const peerSecret = z.string({ error: 'is missing' }).min(32, 'is shorter than 32 characters')

export const cartsEnvironment = subgraphEnvironment.extend({
  PRODUCTS_URL: peerUrl,
  PRODUCTS_SIGNING_SECRET: peerSecret,
  INVENTORY_URL: peerUrl,
  INVENTORY_SIGNING_SECRET: peerSecret,
})
