import type { CheckoutStep } from './checkout-step.ts'
import { authorizePaymentStep } from './steps/authorize-payment.ts'
import { lockCartStep } from './steps/lock-cart.ts'
import { placeOrderStep } from './steps/place-order.ts'
import { reserveStockStep } from './steps/reserve-stock.ts'
import { settlePaymentStep } from './steps/settle-payment.ts'

/**
 * A checkout, from cart to order. Until the order is placed a refusal undoes what was done, the last step first; from
 * then on there is only forward. Placing the order publishes order-placed in the same transaction, by which inventory
 * commits the reserved stock and carts closes the cart.
 */
export const checkoutSteps: readonly CheckoutStep[] = [
  lockCartStep, //         carts                   unlocked when refused
  reserveStockStep, //     inventory, provider     released when refused, and the payment voided
  authorizePaymentStep, // provider
  placeOrderStep, //       here, with the event
  settlePaymentStep, //    provider
]
