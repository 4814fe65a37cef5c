import { z } from 'zod'
import { type Endpoint, type Gate, Refusal } from '#simulators/core/endpoint'
import { byEmail, byName, byPostcode } from '#simulators/core/magic'
import {
  createContext,
  type RunningSimulator,
  type SimulatorOptions,
  startSimulator,
} from '#simulators/core/simulator'
import type { Store } from '#simulators/core/store'
import { readBillsPackage } from '#simulators/housr/bills-package'
import { badRequest, housrDialect, missingKey } from '#simulators/housr/dialect'
import { possibleAddresses } from '#simulators/housr/possible-addresses'
import { lastPostcodeIn } from '#values/postcode'

const credentials = { api_key: 'housr-simulator-key' }

const Contract = z.object({ houseContractId: z.int(), tenantId: z.int() })

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

/** Contracts by the tenant's e-mail address in lower case. */
function createBillsPackage(store: Store): Endpoint {
  const contracts = store.collection('contracts', Contract)
  return {
    operation: 'bills-packages.create',
    method: 'POST',
    path: '/api/external/createBillsPackage.php',
    effect: 'kept',
    renamed: ['houseContractId', 'contractId'],
    accept: call => {
      const body = readBillsPackage(call.body)
      refuseUnclear(body.address)
      const email = body.email.toLowerCase()
      if (contracts.get(email)) throw badRequest('Tenant email already associated with a contract')
      const postcode = lastPostcodeIn(body.address)?.postcode ?? ''
      return {
        triggers: [byEmail(body.email), byName(body.lastName), byPostcode('order', postcode)],
        apply: () => {
          const contract = { houseContractId: store.nextId(), tenantId: store.nextId() }
          contracts.put(email, contract)
          const message =
            'New Housr user created. Password is their initials plus date of birth (e.g. JS15012004).'
          return { status: 200, body: { status: 'success', data: { ...contract, message } } }
        },
      }
    },
  }
}

/** Housr's one endpoint on a loopback socket. */
export async function startHousrSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const context = createContext(options)
  const endpoints = [createBillsPackage(context.store)]
  const spec = { ...context, name: 'housr', credentials, dialect: housrDialect, gate, endpoints } as const
  return startSimulator(spec, options.port)
}
