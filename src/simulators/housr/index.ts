import { z } from 'zod'
import { type Endpoint, type Gate, Refusal } from '#simulators/core/endpoint'
import { byEmail, byName, byPostcode } from '#simulators/core/magic'
import { type RunningSimulator, type SimulatorOptions, startSimulator } from '#simulators/core/simulator'
import type { Store } from '#simulators/core/store'
import { readBillsPackage } from '#simulators/housr/bills-package'
import { badRequest, housrDialect, missingKey } from '#simulators/housr/dialect'
import { possibleAddresses } from '#simulators/housr/possible-addresses'
import { lastPostcodeIn } from '#values/postcode'

const credentials = { api_key: 'housr-simulator-key' }

/** Contracts by the tenant's e-mail address in lower case. */
const State = z.object({
  contracts: z.record(z.string(), z.object({ houseContractId: z.int(), tenantId: z.int() })),
})
type State = z.infer<typeof State>

const gate: Gate = ({ headers }) => {
  const key = headers['x-api-key']
  if (key === undefined || key === '') return { headers: {}, refusal: missingKey }
  return { headers: {}, refusal: key === credentials.api_key ? null : housrDialect.unauthorized() }
}

function refuseUnclear(address: string): void {
  const choices = possibleAddresses(address)
  if (choices.length === 0) return
  throw new Refusal({
    status: 400,
    body: {
      status: 'error',
      error: 'Address not found. Please select from possible addresses.',
      possibleAddresses: choices,
    },
  })
}

function createBillsPackage(store: Store<State>): Endpoint {
  const { contracts } = store.state
  return {
    operation: 'bills-packages.create',
    method: 'POST',
    path: '/api/external/createBillsPackage.php',
    effect: true,
    renamed: ['houseContractId', 'contractId'],
    accept: call => {
      const body = readBillsPackage(call.body)
      refuseUnclear(body.address)
      const email = body.email.toLowerCase()
      if (Object.hasOwn(contracts, email)) {
        throw badRequest('Tenant email already associated with a contract')
      }
      const postcode = lastPostcodeIn(body.address)?.postcode ?? ''
      return {
        triggers: [byEmail(body.email), byName(body.lastName), byPostcode('order', postcode)],
        apply: () => {
          const contract = { houseContractId: store.nextId(), tenantId: store.nextId() }
          contracts[email] = contract
          const message =
            'New Housr user created. Password is their initials plus date of birth (e.g. JS15012004).'
          return { status: 200, body: { status: 'success', data: { ...contract, message } } }
        },
      }
    },
  }
}

/** Housr's one endpoint on a loopback socket. */
export function startHousrSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  return startSimulator(
    {
      name: 'housr',
      credentials,
      state: State,
      empty: () => ({ contracts: {} }),
      build: ({ store }) => ({ dialect: housrDialect, gate, endpoints: [createBillsPackage(store)] }),
    },
    options,
  )
}
