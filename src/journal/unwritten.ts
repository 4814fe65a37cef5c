import { isDatabaseUnavailable } from '#db/postgres-errors'
import { ProblemError } from '#http/problem-error'

/**
 * What a caller is told when the database was lost after a provider was called: unlike any other loss of it, something
 * may have been done. Every other error is returned as it is.
 */
export function unwritten(err: unknown): unknown {
  if (!isDatabaseUnavailable(err)) return err
  const detail =
    'The database was lost while a provider was called. What became of it will be known from the operations.'
  return new ProblemError('service_unavailable', detail, { headers: { 'retry-after': '5' }, cause: err })
}
