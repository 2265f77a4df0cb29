import { z } from 'zod'

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>

/** What is wrong with the environment, all of it at once, one line for each variable. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
}

/** The parsed environment. Throws EnvironmentError with every variable that is missing or malformed. */
export function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  variables: EnvironmentVariables,
): z.output<Schema> {
  const parsed = schema.safeParse(variables)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new EnvironmentError(`The environment is not usable: ${lines.join('; ')}`)
}

/** Comma-separated signing secrets, the newest first: two are live while one is being replaced. */
export const signingSecrets = z
  .string({ error: 'is missing; give one or two secrets of at least 32 characters, comma-separated' })
  .transform((text) => text.split(','))
  .pipe(
    z.array(z.string().min(32, 'a secret is shorter than 32 characters')).min(1).max(2, 'at most two secrets are live'),
  )

/** A variable that need not be there. One that is there and empty, as docker-compose.yml gives one that is not set, is none. */
export const optionalVariable = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((text) => (text === '' ? undefined : text), schema.optional())

/** Where another service answers commands: part of what a service reads of each service that it asks. */
export const peerUrl = z.url({ protocol: /^https?$/, error: 'is missing or not an http:// URL' })

/** What commands to another service are signed with: the newest of its SIGNING_SECRETS. */
export const peerSecret = z.string({ error: 'is missing' }).min(32, 'is shorter than 32 characters')

/** What every service reads. A service adds its own with `.extend`. */
export const serviceEnvironment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /** Loopback unless told otherwise: a subgraph is nobody's business but the gateway's. */
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('is not a number').int().min(0).max(65_535),
  /** The crash point at which the process kills itself; never in production. */
  CRASH_AT: z.string().optional(),
})

export const subgraphEnvironment = serviceEnvironment.extend({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'is missing or not a postgresql:// URL' }),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  SIGNING_SECRETS: signingSecrets,
})

export type ServiceEnvironment = z.infer<typeof serviceEnvironment>
export type SubgraphEnvironment = z.infer<typeof subgraphEnvironment>
