import type { Gate } from '#simulators/core/endpoint'
import {
  createContext,
  type RunningSimulator,
  type SimulatorOptions,
  startSimulator,
} from '#simulators/core/simulator'
import { accountEndpoints } from '#simulators/homebox/account'
import { findAddressEndpoint } from '#simulators/homebox/addresses'
import { billEndpoints } from '#simulators/homebox/bills'
import { branchEndpoints } from '#simulators/homebox/branches'
import { branchOrderEndpoints } from '#simulators/homebox/branch-orders'
import { homeboxDialect } from '#simulators/homebox/dialect'
import { createHappenings, type HomeboxHappenings } from '#simulators/homebox/happenings'
import { inviteEndpoints } from '#simulators/homebox/invites'
import { leadEndpoints } from '#simulators/homebox/leads'
import { mandateEndpoints } from '#simulators/homebox/mandates'
import { metricsEndpoint } from '#simulators/homebox/metrics'
import { orderPropertyEndpoint } from '#simulators/homebox/order-property'
import { orderEndpoints } from '#simulators/homebox/orders'
import { paymentEndpoints } from '#simulators/homebox/payments'
import { packagesEndpoint } from '#simulators/homebox/packages'
import { createPartnerOrder } from '#simulators/homebox/partner-orders'
import { partnerQuoteEndpoint } from '#simulators/homebox/partner-quote'
import { postalBillEndpoints } from '#simulators/homebox/postal-bills'
import { readingEndpoints } from '#simulators/homebox/readings'
import { portfolioEndpoints } from '#simulators/homebox/portfolio'
import { createHomeboxContext, type HomeboxContext } from '#simulators/homebox/state'
import { tenancyEndpoints } from '#simulators/homebox/tenancies'
import { tenantEndpoints } from '#simulators/homebox/tenants'
import { voidEndpoints } from '#simulators/homebox/voids'

export interface RunningHomebox extends RunningSimulator {
  /** Lets things happen at the provider that no request asked for. */
  readonly happen: HomeboxHappenings
}

const credentials = { token: 'homebox-simulator-token' }

/** Chapter "Authentication"; every sample of the document asks for JSON. */
const gate: Gate = ({ headers }) => {
  if (headers.authorization !== `Bearer ${credentials.token}`) {
    return { headers: {}, refusal: homeboxDialect.unauthorized() }
  }
  const asksForJson = headers.accept?.includes('application/json') ?? false
  return { headers: {}, refusal: asksForJson ? null : homeboxDialect.unreadable() }
}

function endpointsOf(context: HomeboxContext) {
  return [
    ...accountEndpoints(context),
    findAddressEndpoint(),
    packagesEndpoint(),
    partnerQuoteEndpoint(),
    ...orderEndpoints(context),
    createPartnerOrder(context),
    ...inviteEndpoints(context),
    ...tenantEndpoints(context),
    ...mandateEndpoints(context),
    ...paymentEndpoints(context),
    ...billEndpoints(context),
    ...readingEndpoints(context),
    ...postalBillEndpoints(context),
    orderPropertyEndpoint(context),
    ...leadEndpoints(context),
    ...portfolioEndpoints(context),
    ...tenancyEndpoints(context),
    ...voidEndpoints(context),
    ...branchEndpoints(context),
    ...branchOrderEndpoints(context),
    metricsEndpoint(context),
  ]
}

/** Homebox's partner API on a loopback socket. */
export async function startHomeboxSimulator(options: SimulatorOptions = {}): Promise<RunningHomebox> {
  const context = createHomeboxContext(createContext(options))
  const endpoints = endpointsOf(context)
  const spec = { ...context, name: 'homebox', credentials, dialect: homeboxDialect, gate, endpoints } as const
  return { ...(await startSimulator(spec, options.port)), happen: createHappenings(context) }
}
