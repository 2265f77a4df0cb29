import { z } from 'zod'
import { defineCommand } from './command.ts'
import { currencyCode } from './currency-code.ts'

const quantity = z.int().positive()

export const lockCart = defineCommand({
  name: 'carts.lock-cart.v1',
  description:
    'Holds a cart for one checkout, so that nobody changes or buys it meanwhile, and tells what is in it. It stays held until it is unlocked or its order is placed.',
  input: z.object({
    checkoutId: z.uuid(),
    cartId: z.uuid(),
    /** Who checks out: the user, or whoever has the token whose SHA-256 this is, in base64url. */
    userId: z.uuid().nullable(),
    cartTokenHash: z.string().nullable(),
    expectedVersion: z.int().nullable(),
  }),
  result: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('locked'),
      version: z.int(),
      currencyCode,
      lines: z.array(z.object({ variantId: z.uuid(), quantity })).min(1),
    }),
    /** There is none that this caller may buy. */
    z.object({ outcome: z.literal('not-found') }),
    z.object({ outcome: z.literal('empty') }),
    z.object({ outcome: z.literal('checked-out') }),
    z.object({ outcome: z.literal('locked-by-another') }),
    z.object({ outcome: z.literal('changed'), currentVersion: z.int() }),
  ]),
})

export const unlockCart = defineCommand({
  name: 'carts.unlock-cart.v1',
  description: 'Lets go of a cart that this checkout holds. A later lock for the same checkout holds nothing.',
  input: z.object({ checkoutId: z.uuid(), cartId: z.uuid() }),
  result: z.object({}),
})

export const reserveStock = defineCommand({
  name: 'inventory.reserve-stock.v1',
  description: 'Promises units to a checkout, of every variant or of none. A variant stands in one line.',
  input: z.object({
    checkoutId: z.uuid(),
    lines: z.array(z.object({ variantId: z.uuid(), quantity })).min(1),
  }),
  result: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('reserved') }),
    z.object({
      outcome: z.literal('short'),
      shortages: z
        .array(z.object({ variantId: z.uuid(), requested: quantity, available: z.int().nonnegative() }))
        .min(1),
    }),
    /** It was released before it was reserved: the checkout is over. */
    z.object({ outcome: z.literal('released') }),
  ]),
})

export const releaseStock = defineCommand({
  name: 'inventory.release-stock.v1',
  description:
    'Takes back what was promised to a checkout. A later reservation for the same checkout promises nothing.',
  input: z.object({ checkoutId: z.uuid() }),
  result: z.object({}),
})

/** How many partners, operations or keys a batch of usage may name. */
export const mostUsageOfOneCommand = 5_000

export const recordUsage = defineCommand({
  name: 'partners.record-usage.v1',
  description:
    'Adds to what partners have run, by operation and day in UTC, and notes when their keys were last shown. What belongs to a partner or a key that is not there is left out.',
  input: z.object({
    usage: z
      .array(
        z.object({
          partnerId: z.uuid(),
          /** As its manifest gives it; of a text that a log-only gateway ran, the hash with `sha256:`. */
          operationId: z.string().min(1).max(200),
          day: z.iso.date(),
          calls: z.int().positive(),
          /** Of the calls, those with errors in their answers. */
          errors: z.int().nonnegative(),
          points: z.int().nonnegative(),
        }),
      )
      .max(mostUsageOfOneCommand),
    keys: z.array(z.object({ keyId: z.uuid(), lastUsedAt: z.iso.datetime() })).max(mostUsageOfOneCommand),
  }),
  result: z.object({}),
})
