import { Refused, type UserErrorData } from '@cartograph/error-catalogue'
import { crashPoint } from '@cartograph/service-runtime'
import type { OrderServices } from '../order/order-services.ts'
import { checkoutExpired } from './checkout-refusals.ts'
import {
  type CheckoutChange,
  type CheckoutStep,
  RefusedAfterEffect,
  type StepCircumstances,
  type Waiting,
} from './checkout-step.ts'
import { checkoutSteps } from './checkout-steps.ts'
import type { Checkout, CheckoutState } from './checkout.ts'
import { findCheckout } from './find-checkouts.ts'
import { moveOn, recordRefusal, recordUndone, recordWaiting } from './write-checkout.ts'

/** A checkout that has not been paid for by then is given up, and what it holds is let go of. */
export const checkoutLifeMs = 15 * 60_000

/**
 * Takes a checkout as far as it goes: to its end, or to where it waits for the customer. May be called at any time, by
 * several processes at once and after any crash: every effect has a key, and every transition is made once, by whoever
 * is first. Throws when an effect's outcome is unknown or a service does not answer; the checkout then stands where it
 * stood, to be advanced again.
 */
export async function advanceCheckout(
  services: OrderServices,
  started: Checkout,
  { isFirstTry: isNew, customerIsBack }: StepCircumstances,
): Promise<Checkout> {
  let checkout = started
  let isFirstTry = isNew
  for (;;) {
    if (checkout.endedAt !== null) return checkout
    const moved: Checkout | 'waits' | null = await (checkout.undoState === null
      ? forward(services, checkout, { isFirstTry, customerIsBack })
      : backward(services, checkout, checkout.undoState))
    if (moved === 'waits') return checkout
    isFirstTry = moved !== null && moved.state !== checkout.state
    // Null: another process was first, and has left it elsewhere.
    checkout = moved ?? (await findCheckout(services.db, checkout.id))!
  }
}

async function forward(
  services: OrderServices,
  checkout: Checkout,
  circumstances: StepCircumstances,
): Promise<Checkout | 'waits' | null> {
  const step = checkoutSteps.find(({ from }) => from === checkout.state)!
  if (isExpired(services, checkout)) return refuse(services, checkout, [checkoutExpired()], step.to)
  let change: CheckoutChange | Waiting
  try {
    crashPoint(`${step.to} before effect`)
    change = await step.take(services, checkout, circumstances)
    crashPoint(`${step.to} after effect`)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return refuse(services, checkout, error.userErrors, error instanceof RefusedAfterEffect ? step.to : step.from)
  }
  if (change.waitsFor !== undefined) {
    // Written once; while it is there, the customer is still expected.
    return checkout.nextAction === null ? recordWaiting(services, checkout, change.waitsFor) : 'waits'
  }
  const moved = await moveOn(services, checkout, step, change)
  crashPoint(`${step.to} recorded`)
  return moved
}

/** Once an order stands there is no way back, however late it is. */
function isExpired({ now }: OrderServices, { orderId, state, createdAt }: Checkout): boolean {
  const reversible = orderId === null && state !== 'PAYMENT_AUTHORIZED'
  return reversible && now().getTime() - createdAt.getTime() > checkoutLifeMs
}

async function refuse(
  services: OrderServices,
  checkout: Checkout,
  refusal: readonly UserErrorData[],
  reached: CheckoutState,
): Promise<Checkout | null> {
  return recordRefusal(services, checkout, refusal, nextToUndo(reached))
}

async function backward(services: OrderServices, checkout: Checkout, reached: CheckoutState): Promise<Checkout | null> {
  const step = stepTo(reached)!
  crashPoint(`${reached} before undo`)
  await step.undo?.(services, checkout)
  crashPoint(`${reached} after undo`)
  return recordUndone(services, checkout, nextToUndo(step.from))
}

/** The latest state, up to this one, whose step has something to undo; NEW when there is none. */
function nextToUndo(reached: CheckoutState): CheckoutState {
  let state = reached
  for (let step = stepTo(state); step !== undefined && !step.undo; step = stepTo(state)) state = step.from
  return state
}

const stepTo = (state: CheckoutState): CheckoutStep | undefined => checkoutSteps.find(({ to }) => to === state)
