export { type Environment, environments } from './environments.ts'
export { provisionDatabases } from './postgres/provision-databases.ts'
export { type Postgres, startPostgres } from './postgres/start-postgres.ts'
export { type ProcessOptions, runAsProcess, type ServiceProcess } from './run-as-process.ts'
export { runLoneGateway } from './run-lone-gateway.ts'
export { takeLock } from './shop-locks.ts'
export { ensureDemoShop } from './shop/fill-demo.ts'
export { type FillCounts, fillShop } from './shop/fill-shop.ts'
export { ensureShopOfOnlineRetail } from './shop/ensure-online-retail.ts'
export { loadOnlineRetail } from './shop/load-online-retail.ts'
export {
  startDatabases,
  startServices,
  startStack,
  type Stack,
  type StackDatabases,
  type StackOptions,
} from './stack.ts'
export { root, services, type ServiceName, subgraphs, type Subgraph } from './workspace.ts'
