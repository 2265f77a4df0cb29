import type { StackSecrets } from './secrets.ts'
import { type ServiceName, type Subgraph, subgraphs } from './workspace.ts'

export type Environment = Record<string, string>

export interface StackAddresses {
  readonly databaseUrl: (subgraph: Subgraph) => string
  readonly ports: Record<ServiceName, number>
}

/** The environment of each service of a local shop: what docker-compose.yml gives each container. */
export function environments(
  addresses: StackAddresses,
  secrets: StackSecrets,
  common: Environment,
): Record<ServiceName, Environment> {
  const urlOf = (name: Subgraph) => `http://127.0.0.1:${addresses.ports[name]}`
  const subgraph = (name: Subgraph): Environment => ({
    ...common,
    PORT: String(addresses.ports[name]),
    DATABASE_URL: addresses.databaseUrl(name),
    SIGNING_SECRETS: secrets.signingSecrets[name],
  })
  const peer = (name: Subgraph): Environment => ({
    [`${name.toUpperCase()}_URL`]: `${urlOf(name)}/graphql`,
    [`${name.toUpperCase()}_SIGNING_SECRET`]: secrets.signingSecrets[name],
  })
  return {
    users: { ...subgraph('users'), ACCESS_TOKEN_KEYS: JSON.stringify([secrets.accessTokenKey]) },
    products: subgraph('products'),
    inventory: subgraph('inventory'),
    carts: { ...subgraph('carts'), ...peer('products'), ...peer('inventory') },
    orders: subgraph('orders'),
    recommendations: subgraph('recommendations'),
    gateway: Object.assign({ ...common, PORT: String(addresses.ports.gateway) }, ...subgraphs.map(peer)) as Environment,
  }
}
