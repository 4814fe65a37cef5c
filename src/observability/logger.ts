import { type Logger, pino } from 'pino'

export interface LoggerOptions {
  readonly level: string
  /** Lines for a person at a terminal instead of JSON. */
  readonly pretty: boolean
}

/**
 * The log of the process. What may hold personal data or a secret is never given to it; the paths below are a second
 * fence for what libraries log by themselves.
 */
export function createLogger({ level, pretty }: LoggerOptions): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: label => ({ level: label }) },
    redact: { paths: ['authorization', 'headers', 'req.headers', 'body', 'credentials'], remove: true },
    ...(pretty
      ? {
          transport: {
            target: 'pino-pretty',
            options: { colorize: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' },
          },
        }
      : {}),
  })
}
