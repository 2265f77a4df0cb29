import { type OrderLog, ordersBefore } from '../order-log.ts'

/** What a customer did first after the cutoff. */
export interface TestOrder {
  readonly customer: number
  readonly items: Uint32Array
}

/** A log cut in two at a time. */
export interface SplitLog {
  /** The orders before the cutoff. */
  readonly train: OrderLog
  /** The cutoff, in days since 1970. */
  readonly now: number
  /** By ascending customer: the first order at or after the cutoff of each who has one before it, too. */
  readonly tests: readonly TestOrder[]
}

/**
 * Cuts a log at a time: models learn from what came before, and are asked for what each customer ordered first from
 * then on. No later purchase of anybody is known to a model, as none is to a service (Ji, Sun, Zhang, Li, A Critical
 * Study on Data Leakage in Recommender System Offline Evaluation, ACM TOIS 2023).
 */
export function splitLog(log: OrderLog, now: number): SplitLog {
  const { customerCount, customerStarts, orderStarts, items } = log
  const train = ordersBefore(log, now)
  const tests: TestOrder[] = []
  for (let customer = 0; customer < customerCount; customer++) {
    const known = train.customerStarts[customer + 1]! - train.customerStarts[customer]!
    const next = customerStarts[customer]! + known
    if (known === 0 || next === customerStarts[customer + 1]!) continue
    tests.push({ customer, items: items.subarray(orderStarts[next], orderStarts[next + 1]) })
  }
  return { train, now, tests }
}
