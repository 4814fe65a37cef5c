import type { ProviderId } from '#contract/vocabulary'
import type { OperationName } from '#providers/port/index'
import type { SealedProvider } from '#providers/port/seal'
import type { AccessToken, Upstream, UpstreamRequest } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'
import { summaries } from '#cli/providers/mybeezbox-summaries'
import { isRowName, operationRows } from '#providers/mybeezbox/operation-table'
import { isOperationName } from '#providers/port/seal'
import { sealedProviders } from '#providers/registry'
import { chapters } from './provider-chapters.ts'
import { type Samples, samples } from './provider-samples.ts'

export interface UpstreamEndpoint {
  /** `GET /api/partner/order/{order_id}` */
  readonly endpoint: string
  readonly chapter: string
  /** What it is used for: operations, or what the gateway does with it by itself. */
  readonly uses: readonly string[]
}

class Noted extends Error {}

/** Credentials of no one, for every provider: nothing is sent. */
const CREDENTIALS: Readonly<Record<ProviderId, unknown>> = {
  homebox: { token: 'none' },
  housr: { api_key: 'none' },
  one_utility_bill: { client_id: 'none', client_secret: 'none' },
  mybeezbox: { username: 'none', password: 'none' },
}

/** An upstream that notes the endpoint an adapter turns to and stops it there. */
function notingUpstream(note: (endpoint: string) => void): Upstream {
  const stop = ({ method, path }: UpstreamRequest): Promise<never> => {
    note(`${method} ${path}`)
    return Promise.reject(new Noted())
  }
  const token = async (fetch: () => Promise<AccessToken>) => {
    await ending(fetch())
    return 'none'
  }
  return { json: stop, stream: stop, token }
}

/** Waits for an adapter to be stopped at a request, or to find that its provider cannot be told the input. */
async function ending(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (err) {
    const refused = err instanceof ProviderError && err.facts.outcome === 'not_sent'
    if (!refused && !(err instanceof Noted)) throw err
  }
}

type Uses = Map<string, Set<string>>

async function noteOperation<K extends OperationName>(
  provider: SealedProvider,
  operation: K,
  inputs: Samples[K],
  uses: Uses,
): Promise<void> {
  const found = new Set<string>()
  const { run } = provider.open(
    CREDENTIALS[provider.id],
    notingUpstream(endpoint => found.add(endpoint)),
    'test',
  )
  for (const input of inputs ?? []) await ending(run(operation, input))
  const own = [...found].filter(endpoint => !isSignIn(endpoint))
  if (own.length === 0)
    throw new Error(`scripts/provider-samples.ts has no ${operation} that ${provider.id} can be told`)
  for (const endpoint of found) use(uses, endpoint, isSignIn(endpoint) ? 'sign in' : operation)
}

function isSignIn(endpoint: string): boolean {
  return /\/token\/?$/.test(endpoint)
}

function use(uses: Uses, endpoint: string, what: string): void {
  uses.set(endpoint, (uses.get(endpoint) ?? new Set()).add(what))
}

function tabledEndpoints(): UpstreamEndpoint[] {
  const { supports } = sealedProviders.mybeezbox
  return Object.entries(operationRows)
    .filter(([name]) => name === 'auth.token' || (isOperationName(name) && supports.has(name)))
    .map(([name, { method, path, confirmed }]) => ({
      endpoint: `${method} ${path}`,
      chapter: `${isRowName(name) ? summaries[name] : name}${confirmed ? '' : ' (inferred)'}`,
      uses: [name === 'auth.token' ? 'sign in' : name],
    }))
}

/**
 * The endpoints that a provider's adapter uses, found by running all of its operations. Throws when an operation has
 * no sample, or when `provider-chapters.ts` does not name exactly these.
 */
export async function upstreamEndpoints(id: ProviderId): Promise<UpstreamEndpoint[]> {
  // Its adapter asks for nothing but what stands in its table, row by row.
  if (id === 'mybeezbox') return tabledEndpoints()
  const provider = sealedProviders[id]
  const uses: Uses = new Map()
  for (const operation of provider.supports)
    await noteOperation(provider, operation, samples[operation], uses)
  if (provider.canVerify) {
    const upstream = notingUpstream(endpoint => {
      if (!isSignIn(endpoint)) use(uses, endpoint, 'verify the connection')
    })
    await ending(provider.open(CREDENTIALS[id], upstream, 'test').verify())
  }
  const unnamed = [...uses.keys()].filter(endpoint => chapters[id][endpoint] === undefined)
  const unused = Object.keys(chapters[id]).filter(endpoint => !uses.has(endpoint))
  if (unnamed.length + unused.length > 0)
    throw new Error(`scripts/provider-chapters.ts, ${id}: lacks [${unnamed}], names in vain [${unused}]`)
  return Object.entries(chapters[id]).map(([endpoint, chapter]) => ({
    endpoint,
    chapter,
    uses: [...(uses.get(endpoint) ?? [])].toSorted(),
  }))
}
