import { ask } from '../buyers/ask.ts'
import { operations } from '../buyers/operations.ts'
import type { Purchase } from '../buyers/tale.ts'

const mostReplays = 300
const atOnce = 8

/**
 * Sends the requests of earlier purchases again, under their keys: each is answered with the same bytes twice, and with
 * those that told its end at the time. Nothing is bought by it, which the other invariants see. Answers how many were
 * sent and what was wrong.
 */
export async function replayPurchases(
  url: string,
  purchases: readonly Purchase[],
): Promise<{ count: number; violations: string[] }> {
  const step = Math.max(1, Math.ceil(purchases.length / mostReplays))
  const chosen = purchases.filter((purchase, index) => index % step === 0 && purchase.checkoutId !== null)
  const violations: string[] = []
  const left = [...chosen]
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let purchase = left.shift(); purchase; purchase = left.shift())
        violations.push(...(await replay(url, purchase)))
    }),
  )
  return { count: chosen.length, violations }
}

async function replay(url: string, { variables, headers, endTold, checkoutId }: Purchase): Promise<string[]> {
  const send = async () => (await ask(url, operations.checkoutComplete, variables, headers)).text
  try {
    const [first, second] = [await send(), await send()]
    if (first !== second) return [`checkout ${checkoutId} was answered ${first} and then ${second}`]
    return endTold === null || endTold === first
      ? []
      : [`checkout ${checkoutId} was answered ${endTold} then, and ${first} now`]
  } catch (error) {
    return [`checkout ${checkoutId} could not be replayed: ${(error as Error).message}`]
  }
}
