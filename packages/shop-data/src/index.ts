export { demoShop } from './demo-shop.ts'
export { readOnlineRetail } from './online-retail/read-online-retail.ts'
export type { OnlineRetailSource } from './online-retail/read-online-retail.ts'
export { type Random, seededRandom } from './seeded-random.ts'
export { stableUuid } from './stable-uuid.ts'

/** The password of every account whose record says `demoPassword: true`. */
export const DEMO_PASSWORD = 'cartograph-demo'
