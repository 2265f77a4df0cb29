import { optionalVariable, type Peer, peer, peerSecret, peerUrl } from '@cartograph/service-runtime'
import { z } from 'zod'

/** What a service reads that tells gateways of events; with `checkGatewaysEnvironment`. */
export const gatewaysEnvironment = {
  /** Comma-separated, every gateway. Without it none is told. */
  GATEWAY_URL: optionalVariable(
    z
      .string()
      .transform((text) => text.split(',').map((url) => url.trim()))
      .pipe(z.array(peerUrl)),
  ),
  GATEWAY_SIGNING_SECRET: optionalVariable(peerSecret),
}

export type GatewaysEnvironment = z.infer<z.ZodObject<typeof gatewaysEnvironment>>

/** Says what is wrong with the two together. */
export function checkGatewaysEnvironment(
  { GATEWAY_URL, GATEWAY_SIGNING_SECRET }: GatewaysEnvironment,
  context: z.RefinementCtx,
): void {
  if (!GATEWAY_URL !== !GATEWAY_SIGNING_SECRET)
    context.addIssue({ code: 'custom', path: ['GATEWAY_SIGNING_SECRET'], message: 'and GATEWAY_URL go together' })
}

/**
 * All gateways as one subscriber of `caller`, or null where none is to be told. An event is taken when each of them has
 * taken it; else it is sent to all of them again, which is harmless.
 */
export function everyGateway(
  caller: string,
  { GATEWAY_URL, GATEWAY_SIGNING_SECRET }: GatewaysEnvironment,
): Peer | null {
  if (GATEWAY_URL === undefined || GATEWAY_SIGNING_SECRET === undefined) return null
  const gateways = GATEWAY_URL.map((url) => peer({ caller, name: 'gateway', url, secret: GATEWAY_SIGNING_SECRET }))
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
