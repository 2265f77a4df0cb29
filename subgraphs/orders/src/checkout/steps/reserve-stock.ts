import { releaseStock, reserveStock } from '@cartograph/contracts'
import { Refused } from '@cartograph/error-catalogue'
import { sendCommand } from '@cartograph/messaging'
import { money } from '@cartograph/money'
import type { OrderServices } from '../../order/order-services.ts'
import { letGoOfPayment } from '../../payment/let-go-of-payment.ts'
import { PaymentRefusedError } from '../../payment/payment-provider.ts'
import { checkoutExpired, outOfStock, paymentDeclined } from '../checkout-refusals.ts'
import { type CheckoutStep, deadlineMs, keyOf, RefusedAfterEffect } from '../checkout-step.ts'
import type { Checkout } from '../checkout.ts'

/**
 * Has inventory promise every unit to this checkout, or refuses with what is short. Then opens the payment, which moves
 * nothing yet: its id is known before anything is authorised, so that no later answer can be lost.
 */
export const reserveStockStep: CheckoutStep = {
  from: 'CART_LOCKED',
  to: 'STOCK_RESERVED',
  async take(services, checkout) {
    const lines = checkout.purchase!.lines.map(({ variantId, quantity }) => ({ variantId, quantity }))
    const result = await sendCommand(
      services.inventory,
      reserveStock,
      keyOf(checkout, 'reserve-stock'),
      { checkoutId: checkout.id, lines },
      { deadlineMs, requestId: checkout.id },
    )
    if (result.outcome === 'short') {
      services.rush.note()
      throw new Refused(result.shortages.map(outOfStock))
    }
    if (result.outcome === 'released') throw new Refused([checkoutExpired()])
    // Nothing is to pay, so nobody is asked.
    return checkout.purchase!.total === 0 ? {} : { paymentId: await openPayment(services, checkout) }
  },
  async undo(services, checkout) {
    const options = { deadlineMs, requestId: checkout.id }
    const input = { checkoutId: checkout.id }
    // The stock first: others may have it, however long the provider is away.
    await sendCommand(services.inventory, releaseStock, keyOf(checkout, 'release-stock'), input, options)
    const { paymentId, purchase } = checkout
    // A payment whose id never came back was never authorised either; the reconciliation finds it and voids it.
    if (paymentId === null) return
    const amount = money(purchase!.total, purchase!.currencyCode)
    await letGoOfPayment(services.payments, { paymentId, key: keyOf(checkout, 'refund'), amount })
  },
}

async function openPayment({ payments, logger }: OrderServices, { id, request, purchase }: Checkout): Promise<string> {
  const { total, currencyCode } = purchase!
  const { paymentMethodToken } = request
  try {
    return await payments.openPayment({
      key: id,
      amount: money(total, currencyCode),
      paymentMethodToken: paymentMethodToken!,
    })
  } catch (error) {
    if (!(error instanceof PaymentRefusedError)) throw error
    // An unknown token, or an amount that the provider does not take.
    logger.info({ err: error, checkout: id }, 'the provider opens no such payment')
    throw new RefusedAfterEffect([paymentDeclined('payment_refused')])
  }
}
