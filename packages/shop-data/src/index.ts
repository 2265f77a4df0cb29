export { demoShop } from './demo-shop.ts'
export { openBytes } from './online-retail/open-bytes.ts'
export { type CsvRow, openCsv } from './online-retail/open-csv.ts'
export { BadCell, parseText, quoted } from './online-retail/parse-fields.ts'
export { readOnlineRetail } from './online-retail/read-online-retail.ts'
export type { OnlineRetailSource } from './online-retail/read-online-retail.ts'
export { type Random, seededRandom } from './seeded-random.ts'
export { stableUuid } from './stable-uuid.ts'

/** The password of every account whose record says `demoPassword: true`. */
export const DEMO_PASSWORD = 'cartograph-demo'
