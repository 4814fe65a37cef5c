import type { z } from 'zod'
import type { Mode } from '#contract/vocabulary'
import type { Effect, Implements, Input, OperationName, Output, Provider } from '#providers/port/index'
import { effects } from '#providers/port/index'
import type { Upstream } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'

export type Run = <K extends OperationName>(operation: K, input: Input<K>) => Promise<Output<K>>

type Described =
  | 'id'
  | 'name'
  | 'products'
  | 'tenantsPerLead'
  | 'baseUrl'
  | 'limits'
  | 'reconcile'
  | 'findOut'
  | 'sideEffects'
  | 'discloses'
  | 'readRefusal'

/** A provider whose client and credentials types are hidden, so that one chosen at run time can be called without a cast. */
export interface SealedProvider extends Pick<Provider<unknown, z.ZodType>, Described> {
  readonly supports: ReadonlySet<OperationName>
  readonly canVerify: boolean
  /** Throws ZodError when the stored credentials are not of the provider's shape. */
  readonly open: (
    credentials: unknown,
    upstream: Upstream,
    mode: Mode,
  ) => { run: Run; verify: () => Promise<void> }
}

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(effects, name)
}

export function effectOf(operation: OperationName): Effect {
  return effects[operation]
}

function call<Client, K extends OperationName>(
  provider: Pick<Provider<Client, z.ZodType>, 'id' | 'operations'>,
  client: Client,
  operation: K,
  input: Input<K>,
): Promise<Output<K>> {
  const operations: Implements<Client> = provider.operations
  const implemented = operations[operation]
  if (!implemented) {
    return Promise.reject(
      new ProviderError({
        provider: provider.id,
        operation,
        code: 'capability_not_supported',
        outcome: 'not_sent',
        message: `${provider.id} does not support ${operation}`,
      }),
    )
  }
  return implemented(client, input)
}

export function seal<Client, Credentials extends z.ZodType>(
  provider: Provider<Client, Credentials>,
): SealedProvider {
  return {
    ...provider,
    supports: new Set(Object.keys(provider.operations).filter(isOperationName)),
    canVerify: provider.verify !== null,
    open: (credentials, upstream, mode) => {
      const client = provider.connect(provider.credentials.parse(credentials), upstream, mode)
      return {
        run: (operation, input) => call(provider, client, operation, input),
        verify: async () => provider.verify?.(client),
      }
    },
  }
}
