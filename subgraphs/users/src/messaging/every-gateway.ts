import { type Peer, peer } from '@cartograph/service-runtime'
import type { UsersEnvironment } from '../env.ts'

/**
 * All gateways as one subscriber, or null where none is to be told. An event is taken when each of them has taken it;
 * else it is sent to all of them again, which is harmless.
 */
export function everyGateway({ GATEWAY_URL, GATEWAY_SIGNING_SECRET }: UsersEnvironment): Peer | null {
  if (GATEWAY_URL === undefined || GATEWAY_SIGNING_SECRET === undefined) return null
  const gateways = GATEWAY_URL.map((url) =>
    peer({ caller: 'users', name: 'gateway', url, secret: GATEWAY_SIGNING_SECRET }),
  )
  const [first] = gateways
  return {
    ...first!,
    async post(path, content, options) {
      const answers = await Promise.all(gateways.map((gateway) => gateway.post(path, content, options)))
      return answers.find(({ status }) => status !== 200) ?? answers[0]!
    },
    ready: async () => void (await Promise.all(gateways.map((gateway) => gateway.ready()))),
    close: async () => void (await Promise.all(gateways.map((gateway) => gateway.close()))),
  }
}
