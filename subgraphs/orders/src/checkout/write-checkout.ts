import type { UserErrorData } from '@cartograph/error-catalogue'
import { mailQueue } from '@cartograph/mail'
import { checkoutQueue } from '../messaging/job-queues.ts'
import { type Database, Prisma } from '../database.ts'
import type { OrderServices } from '../order/order-services.ts'
import { endedRequest, erasedRequest } from '../order/erased-buyer.ts'
import type { CheckoutChange, CheckoutStep } from './checkout-step.ts'
import { type Checkout, checkoutColumns, type CheckoutState, type NextAction } from './checkout.ts'

// Each of these is made by whoever is first and answers null to the others, who find nothing to update.

/** Makes the transition of a step, with what the step records, in one transaction; wakes the events it publishes. */
export async function moveOn(
  services: OrderServices,
  checkout: Checkout,
  step: CheckoutStep,
  change: CheckoutChange,
): Promise<Checkout | null> {
  const { db, jobs, outbox, now } = services
  const isLast = step.to === 'PAYMENT_SETTLED'
  const writes = step.writes?.(services, checkout, change)
  const statement = Prisma.sql`
    with moved as (
      update checkout c set state = ${step.to}::"CheckoutState", next_action = null,
        purchase = coalesce(${jsonOf(change.purchase)}::jsonb, purchase),
        payment_id = coalesce(${change.paymentId ?? null}::text, payment_id),
        order_id = coalesce(${change.orderId ?? null}::uuid, order_id),
        request = ${isLast ? keptRequest : Prisma.sql`request`},
        ended_at = ${isLast ? now().toISOString() : null}::timestamptz
      where c.id = ${checkout.id}::uuid and c.state = ${step.from}::"CheckoutState" and c.undo_state is null
      returning c.*
    )${writes ? Prisma.sql`, ${writes}` : Prisma.empty}
    select ${checkoutColumns} from moved c`
  const move = async (tx: Database) => (await tx.$queryRaw<Checkout[]>(statement))[0] ?? null
  const consequences = step.consequences?.(change)
  const moved = consequences
    ? await db.$transaction(async (tx) => {
        const row = await move(tx)
        if (row) await consequences(tx, services, row)
        return row
      })
    : await move(db)
  if (isLast) jobs.removeLater(checkoutQueue, checkout.id)
  if (consequences) {
    outbox.wake()
    jobs.wake(mailQueue)
  }
  return moved
}

/** Writes what the customer has to do first. */
export async function recordWaiting(
  { db }: OrderServices,
  { id, state }: Checkout,
  nextAction: NextAction,
): Promise<Checkout | null> {
  const [row] = await db.$queryRaw<Checkout[]>`
    update checkout c set next_action = ${jsonOf(nextAction)}::jsonb
    where c.id = ${id}::uuid and c.state = ${state}::"CheckoutState" and c.undo_state is null and c.next_action is null
    returning ${checkoutColumns}`
  return row ?? null
}

/** Writes why it is refused, and what is to be undone first. */
export async function recordRefusal(
  services: OrderServices,
  { id, state }: Checkout,
  refusal: readonly UserErrorData[],
  undoState: CheckoutState,
): Promise<Checkout | null> {
  return maybeEnd(
    services,
    undoState,
    (endedAt) => Prisma.sql`
      update checkout c set refusal = ${jsonOf(refusal)}::jsonb, undo_state = ${undoState}::"CheckoutState",
        request = ${endedAt ? keptRequest : Prisma.sql`request`}, ended_at = ${endedAt}::timestamptz
      where c.id = ${id}::uuid and c.state = ${state}::"CheckoutState" and c.undo_state is null
      returning ${checkoutColumns}`,
  )
}

/** Writes that a step is undone; with the last one the checkout ends. */
export async function recordUndone(
  services: OrderServices,
  { id, undoState }: Checkout,
  next: CheckoutState,
): Promise<Checkout | null> {
  return maybeEnd(
    services,
    next,
    (endedAt) => Prisma.sql`
      update checkout c set undo_state = ${next}::"CheckoutState",
        request = ${endedAt ? keptRequest : Prisma.sql`request`}, ended_at = ${endedAt}::timestamptz
      where c.id = ${id}::uuid and c.undo_state = ${undoState}::"CheckoutState" and c.ended_at is null
      returning ${checkoutColumns}`,
  )
}

async function maybeEnd(
  { db, jobs, now }: OrderServices,
  undoState: CheckoutState,
  update: (endedAt: string | null) => Prisma.Sql,
): Promise<Checkout | null> {
  const [row] = await db.$queryRaw<Checkout[]>(update(undoState === 'NEW' ? now().toISOString() : null))
  if (row?.endedAt) jobs.removeLater(checkoutQueue, row.id)
  return row ?? null
}

/** What is kept of the request of `checkout c` when it has ended. */
const keptRequest = Prisma.sql`case when exists (select from deleted_customer d where d.customer_id = c.customer_id)
  then ${erasedRequest} else ${endedRequest} end`

const jsonOf = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))
