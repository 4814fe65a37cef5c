import type { Appearance, AppearanceChanges } from '#providers/port/branches'

/** The customer's own account at the provider. */
export interface ProviderOwnAccount extends Appearance {
  /** The name as it stands in addresses of web pages. */
  readonly slug: string | null
}

export interface AccountOperations {
  'account.get': (at: Readonly<Record<never, never>>) => Promise<ProviderOwnAccount>
  /** Pointers of its errors are relative to `changes`. */
  'account.update': (input: { changes: AppearanceChanges }) => Promise<ProviderOwnAccount>
}
