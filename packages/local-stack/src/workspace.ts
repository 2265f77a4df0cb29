import path from 'node:path'

/** The workspace's root folder. */
export const root = path.resolve(import.meta.dirname, '../../..')

/** Where a shop keeps its data when nothing else is said. */
export const defaultDataDir = path.join(root, '.cartograph')

/** The subgraphs with a process and a database of their own. */
export const subgraphs = ['users', 'products', 'inventory', 'carts', 'orders', 'recommendations', 'partners'] as const
export type Subgraph = (typeof subgraphs)[number]
export type ServiceName = Subgraph | 'gateway'
export const services: readonly ServiceName[] = [...subgraphs, 'gateway']

export function serviceFolder(service: ServiceName): string {
  return service === 'gateway' ? path.join(root, 'gateway') : path.join(root, 'subgraphs', service)
}
