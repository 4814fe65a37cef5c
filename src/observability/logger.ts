import { type DestinationStream, type Logger, pino } from 'pino'

interface LoggedError {
  readonly type: string
  readonly code?: string
  readonly message?: string
  readonly stack?: string
  readonly cause?: LoggedError
}

const CAUSES_LOGGED = 5

/** Postgres, Prisma and the JSON parser put values into their messages: of their errors only code and place are logged. */
function quotesValues(err: Error): boolean {
  return 'severity' in err || err.name.startsWith('PrismaClient') || err instanceof SyntaxError
}

function loggable(err: unknown, causes = CAUSES_LOGGED): LoggedError {
  if (!(err instanceof Error)) return { type: typeof err }
  const code = 'code' in err && typeof err.code === 'string' ? { code: err.code } : {}
  const frames = (err.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return {
    type: 'severity' in err ? 'DatabaseError' : err.name,
    ...code,
    ...(quotesValues(err) ? {} : { message: err.message }),
    stack: frames.join('\n'),
    ...(err.cause instanceof Error && causes > 0 ? { cause: loggable(err.cause, causes - 1) } : {}),
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
export function createLogger({ level, pretty }: LoggerOptions, destination?: DestinationStream): Logger {
  const transport = {
    target: 'pino-pretty',
    options: { colorize: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' },
  }
  return pino(
    {
      level,
      base: null,
      serializers: { err: (err: unknown) => loggable(err) },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: ['authorization', 'headers', 'req.headers', 'body', 'credentials'], remove: true },
      ...(pretty ? { transport } : {}),
    },
    destination,
  )
}
