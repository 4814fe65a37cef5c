import type { OrderRequest } from '#contract/orders'
import type { ProviderId } from '#contract/vocabulary'
import type { Product } from '#contract/quotes'
import type { Call } from '#http/caller'
import { invalid, ProblemError } from '#http/problem-error'
import type { Connection } from '#providers/call-context'
import { sealedProviders, supporting, supports } from '#providers/registry'
import { type ResolvedAddress, resolveAddress } from '#resources/addresses/resolve-address'
import { demandBranch } from '#resources/branches/find-branch'
import { checkOrder } from '#resources/orders/check-order'
import { understandOrder, type WantedOrder } from '#resources/orders/wanted-order'
import { findNamedOffer, type OpenOffer } from '#resources/quotes/find-offer'
import type { Services } from '#services'
import { plainDateOf } from '#values/dates'

/** An order that may be written down: everything that can be known about it without asking the provider is right. */
export interface PreparedOrder {
  readonly wanted: WantedOrder
  readonly connection: Connection
  readonly resolved: ResolvedAddress
  readonly providerBranchId: string | null
}

/** A provider with one product only is meant by any name of a package that tenants pay for. */
function productAt(provider: ProviderId, named: Product | null | undefined): Product {
  const { products } = sealedProviders[provider]
  const [only] = products
  if (named && products.includes(named)) return named
  if (only && products.length === 1 && (!named || named === 'tenant_package')) return only
  const message = `must be one of ${products.join(', ')} at ${provider}`
  throw invalid({ pointer: '/product', code: named ? 'not_supported' : 'required', message })
}

function targetOf(body: OrderRequest, open: OpenOffer | null): Pick<WantedOrder, 'provider' | 'product'> {
  const provider = open?.offer.provider ?? body.provider
  if (!provider)
    throw invalid({ pointer: '/provider', code: 'required', message: 'is required without offer_id' })
  if (!supports(provider, 'orders.create')) {
    throw new ProblemError('capability_not_supported', `${provider} takes no orders.`, {
      members: { supported_by: supporting('orders.create') },
    })
  }
  return { provider, product: open ? open.offer.product : productAt(provider, body.product) }
}

function connectionTo(
  services: Services,
  call: Call,
  provider: ProviderId,
  open: OpenOffer | null,
): Connection {
  const { connections } = services
  const connection = open
    ? connections.through(call.caller, open.connectionId)
    : connections.of(call.caller).get(provider)
  if (!connection)
    throw new ProblemError(
      'provider_not_connected',
      `There is no ${call.caller.mode} connection to ${provider}.`,
    )
  return connection
}

/** Checks an order without asking the provider. Throws problems with pointers; nothing is stored or sent. */
export async function prepareOrder(
  services: Services,
  call: Call,
  body: OrderRequest,
): Promise<PreparedOrder> {
  const open = body.offer_id ? await findNamedOffer(services, call, body.offer_id) : null
  const target = targetOf(body, open)
  const connection = connectionTo(services, call, target.provider, open)
  const wanted = understandOrder(body, open, target)
  checkOrder(wanted, plainDateOf(services.now()))
  const resolved = await resolveAddress(services, call, wanted.address)
  const branch = wanted.branch_id ? await demandBranch(services, call, wanted.branch_id, connection) : null
  return { wanted, connection, resolved, providerBranchId: branch?.providerId ?? null }
}
