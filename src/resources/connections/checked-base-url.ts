import type { Config } from '#config'
import { addressMistake } from '#connections/environment'
import type { Mode, ProviderId } from '#contract/vocabulary'
import { invalid } from '#http/problem-error'
import { sealedProviders } from '#providers/registry'
import { publicUrlMistake } from '#values/public-url'

function wrong(code: string, message: string): Error {
  return invalid({ pointer: '/base_url', code, message })
}

function mistakeIn(text: string, mode: Mode, allowPrivate: boolean): string | null {
  const mistake = publicUrlMistake(text, { allowPrivate })
  if (mistake !== null) return mistake
  return new URL(text).search === '' ? addressMistake(text, mode, sealedProviders) : 'must not have a query'
}

/**
 * Where a provider is called in this mode, in its canonical spelling; its public address when none is given. Throws
 * `validation_failed` where it has none, and for an address that must not be called.
 */
export function checkedBaseUrl(
  text: string | null | undefined,
  { provider, mode }: { readonly provider: ProviderId; readonly mode: Mode },
  { webhookAllowPrivate }: Pick<Config, 'webhookAllowPrivate'>,
): string {
  const { name, baseUrl } = sealedProviders[provider]
  const given = text ?? baseUrl[mode]
  if (!given) throw wrong('required', `is required, for ${name} has no public address`)
  const mistake = mistakeIn(given, mode, webhookAllowPrivate)
  if (mistake !== null) throw wrong('invalid_url', mistake)
  return new URL(given).href.replace(/\/+$/, '')
}
