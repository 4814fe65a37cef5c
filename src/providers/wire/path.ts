import type { ProviderId } from '#contract/vocabulary'
import type { UpstreamRequest } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'

const placeholder = /\{([a-z_]+)\}/g

/** A piece that a server or a proxy on the way would read as "this folder" or "the folder above", once decoded. */
function walks(value: string): boolean {
  return value.split(/[/\\]/).some(piece => piece === '.' || piece === '..')
}

/**
 * The template with its parameters filled in, each one path segment, and the query behind it. Throws ProviderError
 * `validation_failed` for a value that would lead to another path, and Error for a parameter that the adapter forgot.
 */
export function fillPath(
  request: Pick<UpstreamRequest, 'path' | 'params' | 'query'>,
  call: { readonly provider: ProviderId; readonly operation: string },
): string {
  const path = request.path.replace(placeholder, (_, name: string) => {
    const value = request.params?.[name]
    if (value === undefined) throw new Error(`No value for {${name}} of ${request.path}`)
    if (value !== '' && !walks(value)) return encodeURIComponent(value.toWellFormed())
    throw new ProviderError({
      ...call,
      code: 'validation_failed',
      outcome: 'not_sent',
      message: `The value given for ${name} cannot stand in a path`,
    })
  })
  return withQuery(path, request.query)
}

/** The same for people to read: what is not known yet stays `{order_id}`. */
export function showPath(request: Pick<UpstreamRequest, 'path' | 'params' | 'query'>): string {
  const path = request.path.replace(placeholder, (unknown: string, name: string) => {
    const value = request.params?.[name]
    return value === undefined || value === unknown ? unknown : encodeURIComponent(value.toWellFormed())
  })
  return withQuery(path, request.query)
}

function withQuery(path: string, query: UpstreamRequest['query']): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? path : `${path}?${text}`
}
