import { randomBytes } from 'node:crypto'
import { runAsProcess, type ServiceProcess } from './run-as-process.ts'
import { subgraphs } from './workspace.ts'

/** The gateway as a process, as strangers meet it in production, with every subgraph at `subgraphUrl`. */
export function runLoneGateway(subgraphUrl: string, environment: Record<string, string> = {}): Promise<ServiceProcess> {
  const secret = randomBytes(32).toString('hex')
  const peers = subgraphs.flatMap((name): [string, string][] => [
    [`${name.toUpperCase()}_URL`, subgraphUrl],
    [`${name.toUpperCase()}_SIGNING_SECRET`, secret],
  ])
  return runAsProcess('gateway', {
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    PORT: '0',
    GATEWAY_SIGNING_SECRETS: secret,
    BROWSER_SESSION_SECRETS: secret,
    PARTNER_BUDGETS_URL: 'memory:',
    ...Object.fromEntries<string>(peers),
    ...environment,
  })
}
