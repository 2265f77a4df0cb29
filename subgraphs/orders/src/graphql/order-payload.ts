import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { OrdersContext } from '../context.ts'

/** The payload of a mutation that changes an order: the order as it is afterwards. */
export function orderPayload({ loaders }: OrdersContext, globalId: string, change: (id: string) => Promise<void>) {
  return payload('order', async () => {
    const id = fromGlobalId('Order', globalId)
    await change(id)
    return loaders.order.clear(id).load(id)
  })
}
