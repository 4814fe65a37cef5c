import { type Logger, pino } from 'pino'

interface LoggedError {
  readonly type: string
  readonly code?: string
  readonly message?: string
  readonly stack?: string
  readonly cause?: LoggedError
}

/** Postgres puts the offending values into its messages: of its errors only code and place are logged. */
function loggable(err: unknown): LoggedError {
  if (!(err instanceof Error)) return { type: typeof err }
  const code = 'code' in err && typeof err.code === 'string' ? { code: err.code } : {}
  if ('severity' in err)
    return { type: 'DatabaseError', ...code, stack: err.stack?.split('\n').slice(1).join('\n') ?? '' }
  const cause = err.cause instanceof Error ? loggable(err.cause) : undefined
  return {
    type: err.name,
    ...code,
    message: err.message,
    stack: err.stack ?? '',
    ...(cause ? { cause } : {}),
  }
}

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
    serializers: { err: loggable },
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
