import { CommandFailure } from '#cli/command-failure'
import { plain } from '#cli/terminal'
import { ConfigError } from '#config'
import { EmbeddedDatabaseError } from '#db/embedded-error'
import { MigrationError } from '#db/migrate'
import { isDatabaseUnavailable } from '#db/postgres-errors'
import { ProblemError } from '#http/problem-error'

/** The port is taken or reserved, or the address is not one of this machine. */
function isListenError(err: unknown): err is Error {
  return err instanceof Error && 'syscall' in err && err.syscall === 'listen'
}

/** Of a name that was tried at several addresses, what the first of them said. On one line. */
export function reasonOf(cause: unknown): string {
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause
  return plain(first instanceof Error ? first.message : String(first))
}

function linesOf(err: unknown): readonly string[] {
  if (err instanceof ConfigError) return err.lines
  if (err instanceof ProblemError)
    return [`${err.message} (${err.code})`, ...err.fields.map(field => `  ${field.pointer} ${field.message}`)]
  if (err instanceof CommandFailure) return err.message.split('\n')
  if (err instanceof EmbeddedDatabaseError || err instanceof MigrationError) return [err.message]
  if (isListenError(err)) return [`${err.message}: set HOST or PORT`]
  if (isDatabaseUnavailable(err))
    return [`The database cannot be used: ${reasonOf(err)}: check DATABASE_URL, or run billbridge doctor`]
  return [err instanceof Error ? (err.stack ?? err.message) : String(err)]
}

/** What a person does wrong is answered in a line each, without a stack. */
export function explainFailure(err: unknown): string {
  return linesOf(err)
    .map(line => `billbridge: ${line}\n`)
    .join('')
}
