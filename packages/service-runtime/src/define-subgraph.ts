import type { Viewer } from '@cartograph/viewer'
import type { Permissions } from '@cartograph/viewer/permissions'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { armCrashPoint } from './crash-point.ts'
import { openDatabase, type ServiceDatabase } from './database/open-database.ts'
import { type EnvironmentVariables, parseEnvironment, type SubgraphEnvironment } from './environment.ts'
import type { RunningService } from './http/http-server.ts'
import { createLogger, type Logger } from './logger.ts'
import type { AnsweredQuestion } from './questions/answer-questions.ts'
import { serveSubgraph } from './serve-subgraph.ts'

/** What a subgraph opens on its database, and how its requests use it. */
export interface OpenedSubgraph<Context extends { viewer: Viewer }> {
  /** Made anew for each request, so that loaders never outlive one. */
  readonly contextFor: (viewer: Viewer) => Context
  readonly questions?: readonly AnsweredQuestion[]
  /** Routes of other services, behind the signature: commands and events. */
  readonly signedRoutes?: (server: FastifyInstance) => void
  /** Routes that need no signature, because all they tell is public. */
  readonly publicRoutes?: (server: FastifyInstance) => void
  /** Called after the last request and before the database closes. */
  readonly close: () => Promise<unknown>
}

export interface SubgraphDefinition<Environment extends SubgraphEnvironment, Context extends { viewer: Viewer }> {
  readonly name: string
  /** The subgraph's folder, with schema.graphql and prisma/migrations in it. */
  readonly folder: URL
  readonly environment: z.ZodType<Environment>
  readonly resolvers: object
  readonly permissions: Permissions
  readonly open: (services: {
    readonly environment: Environment
    readonly adapter: ServiceDatabase['adapter']
    readonly pool: ServiceDatabase['pool']
    readonly logger: Logger
  }) => OpenedSubgraph<Context> | Promise<OpenedSubgraph<Context>>
}

/**
 * The `start` of a subgraph: reads its environment, brings its database up to date, opens it and serves. Throws
 * EnvironmentError when the variables are not usable; resolves when it listens.
 */
export function defineSubgraph<Environment extends SubgraphEnvironment, Context extends { viewer: Viewer }>(
  definition: SubgraphDefinition<Environment, Context>,
): (variables: EnvironmentVariables) => Promise<RunningService> {
  const { name, folder, resolvers, permissions } = definition
  return async (variables) => {
    const environment = parseEnvironment(definition.environment, variables)
    armCrashPoint(environment)
    const logger = createLogger(name, environment.LOG_LEVEL)
    const database = await openDatabase(environment, new URL('prisma/migrations', folder), logger)
    const opened = await definition.open({ environment, adapter: database.adapter, pool: database.pool, logger })
    return serveSubgraph({
      schemaFile: new URL('schema.graphql', folder),
      resolvers,
      permissions,
      opened,
      database,
      environment,
      logger,
    })
  }
}
