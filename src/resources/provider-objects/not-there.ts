import { ProviderError } from '#providers/provider-error'

/** Whether the provider says that what was asked for is not there. */
export function isNotThere(err: unknown): boolean {
  return err instanceof ProviderError && err.facts.outcome === 'refused' && err.facts.status === 404
}
