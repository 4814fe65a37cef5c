import { invalid } from '#http/problem-error'
import { parseId } from '#values/ids'

/** The UUID behind a list's `resource` filter; null without one. Throws `validation_failed` for what is no id of ours. */
export function resourceFilter(id: string | undefined): string | null {
  if (id === undefined) return null
  const parsed = parseId(id)
  if (parsed) return parsed.uuid
  throw invalid({ pointer: '/query/resource', code: 'invalid_id', message: 'must be an id of a resource' })
}
