import type { Plant } from './plant.ts'

const file = 'subgraphs/orders/src/checkout/accept-checkout.ts'

/** Two callers with the same idempotency key get in each other's way. */
export const keyNotScoped: Plant = {
  description: 'an idempotency key is the same for every caller',
  edits: [
    { file, find: `values (\${buyer.caller}, `, replace: `values (\${'everybody'}, ` },
    { file, find: `where c.caller = \${buyer.caller} and`, replace: `where c.caller = \${'everybody'} and` },
  ],
}
