import { type Logger, pino } from 'pino'

/** JSON lines on standard output, each with the service's name. What stands at the paths below is redacted. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    redact: ['password', '*.password', 'headers.authorization', 'headers.cookie'],
    timestamp: pino.stdTimeFunctions.isoTime,
  })
}

export type { Logger }
