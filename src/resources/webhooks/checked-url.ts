import type { Config } from '#config'
import { invalid } from '#http/problem-error'
import { publicUrlMistake } from '#values/public-url'

/** The URL in its canonical spelling. Throws `validation_failed` when nothing may be sent there. */
export function checkedUrl(
  text: string,
  { webhookAllowPrivate }: Pick<Config, 'webhookAllowPrivate'>,
): string {
  const message = publicUrlMistake(text, { allowPrivate: webhookAllowPrivate })
  if (message !== null) throw invalid({ pointer: '/url', code: 'invalid_url', message })
  return new URL(text).href
}
