import { randomBytes } from 'node:crypto'
import { runningCheckouts } from '@cartograph/contracts'
import { answerQuestions, createHttpServer, listen, requireSignature } from '@cartograph/service-runtime'

/** Plays orders: says that the checkouts in `running` run. While it is not up it answers 500. */
export async function startOrders() {
  const secret = randomBytes(32).toString('hex')
  const state = { isUp: true, running: new Set<string>(), asked: [] as string[][] }
  const server = createHttpServer({ bodyLimitBytes: 1_000_000 })
  requireSignature(server, [secret])
  const answer = async ({ checkoutIds }: { checkoutIds: string[] }) => {
    state.asked.push(checkoutIds)
    if (!state.isUp) throw new Error('no')
    return { running: checkoutIds.filter((id) => state.running.has(id)) }
  }
  answerQuestions(server, [{ question: runningCheckouts, answer }])
  return Object.assign(state, { secret, url: await listen(server, '127.0.0.1', 0), stop: () => server.close() })
}
