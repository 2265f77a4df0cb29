import { runLoneGateway, type ServiceProcess } from '@cartograph/local-stack'

export type LoneGateway = ServiceProcess & AsyncDisposable

/** The gateway as a process, as strangers meet it in production, with every subgraph at `subgraphUrl`. */
export async function startLoneGateway(
  subgraphUrl = 'http://127.0.0.1:9',
  environment: Record<string, string> = {},
): Promise<LoneGateway> {
  const gateway = await runLoneGateway(subgraphUrl, environment)
  return { ...gateway, url: `${gateway.url}/graphql`, [Symbol.asyncDispose]: () => gateway.stop() }
}
