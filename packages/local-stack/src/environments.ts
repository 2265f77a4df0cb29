import type { StackSecrets } from './secrets.ts'
import { type ServiceName, type Subgraph, subgraphs } from './workspace.ts'

export type Environment = Record<string, string>

export interface StackAddresses {
  readonly databaseUrl: (subgraph: Subgraph) => string
  readonly ports: Record<ServiceName, number>
  /** Where a caller finds a service, when that is not where the service listens. */
  readonly originOf?: (caller: ServiceName, callee: ServiceName) => string
  /** Where mails are written. */
  readonly mailboxDir: string
}

/** The environment of each service of a local shop: what docker-compose.yml gives each container. */
export function environments(
  addresses: StackAddresses,
  secrets: StackSecrets,
  common: Environment,
): Record<ServiceName, Environment> {
  const listensAt = (_: ServiceName, name: ServiceName) => `http://127.0.0.1:${addresses.ports[name]}`
  const { originOf = listensAt } = addresses
  const subgraph = (name: Subgraph): Environment => ({
    ...common,
    PORT: String(addresses.ports[name]),
    DATABASE_URL: addresses.databaseUrl(name),
    SIGNING_SECRETS: secrets.signingSecrets[name],
  })
  const peers = (caller: ServiceName, ...names: readonly ServiceName[]): Environment =>
    Object.fromEntries(
      names.flatMap((name) => [
        [`${name.toUpperCase()}_URL`, `${originOf(caller, name)}/graphql`],
        [`${name.toUpperCase()}_SIGNING_SECRET`, secrets.signingSecrets[name]],
      ]),
    )
  return {
    users: {
      ...subgraph('users'),
      ...peers('users', 'carts', 'orders', 'recommendations', 'gateway'),
      ACCESS_TOKEN_KEYS: JSON.stringify([secrets.accessTokenKey]),
      STORE_URL: `http://127.0.0.1:${addresses.ports.gateway}/`,
      MAILBOX_DIR: addresses.mailboxDir,
    },
    products: { ...subgraph('products'), ...peers('products', 'carts', 'partners', 'recommendations') },
    inventory: { ...subgraph('inventory'), ...peers('inventory', 'orders', 'partners', 'recommendations') },
    carts: { ...subgraph('carts'), ...peers('carts', 'products', 'inventory', 'recommendations') },
    orders: {
      ...subgraph('orders'),
      ...peers('orders', 'carts', 'inventory', 'partners', 'products', 'recommendations'),
      PAYMENT_PROVIDER: 'sandbox',
      MAILBOX_DIR: addresses.mailboxDir,
    },
    recommendations: subgraph('recommendations'),
    partners: {
      ...subgraph('partners'),
      ...peers('partners', 'gateway'),
      WEBHOOK_ENCRYPTION_KEYS: secrets.webhookEncryptionKey,
      // Who tries webhooks out receives them on the same machine.
      WEBHOOK_PRIVATE_NETWORKS: String(common['NODE_ENV'] !== 'production'),
    },
    gateway: {
      ...common,
      PORT: String(addresses.ports.gateway),
      GATEWAY_SIGNING_SECRETS: secrets.signingSecrets.gateway,
      ...peers('gateway', ...subgraphs),
      BROWSER_SESSION_SECRETS: secrets.browserSessionSecret,
      // There is one gateway, and nobody to count with.
      PARTNER_BUDGETS_URL: 'memory:',
    },
  }
}
