import type { Plant } from './plant.ts'

/** A refused checkout keeps the stock it had reserved. */
export const compensationForgotten: Plant = {
  description: 'a checkout that is refused keeps the stock that was reserved for it',
  edits: [
    {
      file: 'subgraphs/orders/src/checkout/steps/reserve-stock.ts',
      find: `await sendCommand(services.inventory, releaseStock, keyOf(checkout, 'release-stock'), input, options)`,
      replace: `void [services, releaseStock, keyOf, input, options]`,
    },
  ],
}
