import { Refused } from '@cartograph/error-catalogue'
import type { Database, Prisma } from '../database.ts'
import type { OrderServices } from '../order/order-services.ts'
import type { Checkout, CheckoutState, NextAction } from './checkout.ts'
import type { Purchase } from './purchase.ts'

/** What a step has found out, written with the new state. */
export interface CheckoutChange {
  readonly purchase?: Purchase
  readonly paymentId?: string
  readonly orderId?: string
  /** What became of the money in the end; kept with the order. */
  readonly settledAs?: 'CAPTURED' | 'VOIDED'
  readonly waitsFor?: never
}

/** The customer has to do something before the step can be taken. */
export interface Waiting {
  readonly waitsFor: NextAction
}

export interface StepCircumstances {
  /** Nobody can have tried before: this run has itself just made the transition to here. */
  readonly isFirstTry: boolean
  /** The customer says that they have done what they were asked to. */
  readonly customerIsBack: boolean
}

/** One step of a checkout, with how it is undone. Both may be taken several times, by several processes at once. */
export interface CheckoutStep {
  readonly from: CheckoutState
  readonly to: CheckoutState
  /**
   * Has at most one effect elsewhere, under a key of this checkout and step. Throws Refused when the purchase is not to
   * be and it had no effect, RefusedAfterEffect when it had; any other error means that nobody knows, and it is taken
   * again.
   */
  readonly take: (
    services: OrderServices,
    checkout: Checkout,
    circumstances: StepCircumstances,
  ) => Promise<CheckoutChange | Waiting>
  /**
   * What is written here in the statement of the new state, as further CTEs that read `moved`, the checkout's new row;
   * if another process was first, `moved` is empty and so must they be.
   */
  readonly writes?: (services: OrderServices, checkout: Checkout, change: CheckoutChange) => Prisma.Sql | null
  /** What follows from it and must be in one transaction with the new state: events, jobs; null when nothing does. */
  readonly consequences?: (
    change: CheckoutChange,
  ) => ((tx: Database, services: OrderServices, checkout: Checkout) => Promise<void>) | null
  /** Takes back the effect, also one that is still under way: it may come after this and must then have none. */
  readonly undo?: (services: OrderServices, checkout: Checkout) => Promise<void>
}

/** The purchase is not to be, and the step that says so has to be undone with the others. */
export class RefusedAfterEffect extends Refused {}

/** For commands to other services and the payment provider. */
export const deadlineMs = 2_000

export const keyOf = ({ id }: Checkout, step: string): string => `${id}:${step}`
