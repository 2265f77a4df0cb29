import { type Logger, pino } from 'pino'

/** JSON lines on standard output, each with the service's name. What stands at the paths below is redacted. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    serializers: { err: errorFields },
    base: { service },
    redact: ['password', '*.password', 'headers.authorization', 'headers.cookie'],
    timestamp: pino.stdTimeFunctions.isoTime,
  })
}

/** What an error says of itself and its causes; not what it carries, which may be a connection with all that it holds. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { type, message, stack } = pino.stdSerializers.err(error)
  return { type, message, stack, ...('code' in error && { code: error.code }) }
}

export type { Logger }
