import { randomBytes } from 'node:crypto'
import { runAsProcess, type ServiceProcess, subgraphs } from '@cartograph/local-stack'

export type LoneGateway = ServiceProcess & AsyncDisposable

/** The gateway as a process, as strangers meet it in production, with every subgraph at `subgraphUrl`. */
export async function startLoneGateway(
  subgraphUrl = 'http://127.0.0.1:9',
  environment: Record<string, string> = {},
): Promise<LoneGateway> {
  const secret = randomBytes(32).toString('hex')
  const peers = subgraphs.flatMap((name): [string, string][] => [
    [`${name.toUpperCase()}_URL`, subgraphUrl],
    [`${name.toUpperCase()}_SIGNING_SECRET`, secret],
  ])
  const gateway = await runAsProcess('gateway', {
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    PORT: '0',
    GATEWAY_SIGNING_SECRETS: secret,
    BROWSER_SESSION_SECRETS: secret,
    ...Object.fromEntries<string>(peers),
    ...environment,
  })
  return { ...gateway, url: `${gateway.url}/graphql`, [Symbol.asyncDispose]: () => gateway.stop() }
}
