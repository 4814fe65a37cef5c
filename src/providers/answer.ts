import type { z } from 'zod'
import { redactText } from '#providers/redact-text'
import { OffContract } from '#providers/wire/failure'

const PATHS_TOLD = 5

/** The JSON of an answer, or undefined for an empty one. Some PHP servers begin with a byte order mark. */
export function parseJson(bytes: Buffer, provider: string): unknown {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new OffContract('malformed', `${provider} sent an answer that is no JSON`)
  }
}

/**
 * The one door for what a provider answers with success. `schema` names only what the adapter reads; all else may
 * change without notice. Throws OffContract that tells where the answer differs, never what stands there.
 */
export function readAnswer<S extends z.ZodType>(schema: S, body: unknown, provider: string): z.output<S> {
  const read = safely(() => schema.safeParse(body), provider)
  if (read.success) return read.data
  const paths = read.error.issues
    .slice(0, PATHS_TOLD)
    .map(issue => `${issue.path.map(String).join('.') || 'the whole'} (${issue.code})`)
  throw new OffContract(
    'unexpected',
    `${provider} sent an answer of another shape than documented: ${redactText(paths.join(', '))}`,
  )
}

/** A schema's own transform may trip over a value that nobody foresaw. */
function safely<T>(read: () => T, provider: string): T {
  try {
    return read()
  } catch {
    throw new OffContract('unexpected', `${provider} sent an answer that cannot be read`)
  }
}
