import { appendAudit } from '#audit/append-audit'
import { chooseProvider, connectionTo } from '#connections/choose-provider'
import { Property, type PropertyRequest } from '#contract/properties'
import type { Preview } from '#contract/providers'
import type { Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { createOnce } from '#journal/create-once'
import type { NewStep } from '#journal/journal'
import { addressFor, houseOf, resolveAddress } from '#resources/addresses/resolve-address'
import { demandBranch } from '#resources/branches/find-branch'
import { demandSendable, previewStep } from '#journal/preview-step'
import { showProperty } from '#resources/properties/read-properties'
import type { NamedHouse } from '#resources/properties/record-property'
import { insertUnplaced } from '#resources/properties/store'
import type { Services } from '#services'
import { newUuid } from '#values/ids'

interface PreparedProperty {
  readonly step: NewStep
  readonly house: NamedHouse
}

/** Checks a property without asking the provider. Throws problems with pointers; nothing is stored or sent. */
async function prepare(services: Services, call: Call, body: PropertyRequest): Promise<PreparedProperty> {
  const provider = chooseProvider('properties.create', body.provider)
  const connection = connectionTo(services, call.caller, provider)
  const resolved = await resolveAddress(services, call, body.address)
  const branch = body.branch_id ? await demandBranch(services, call, body.branch_id, connection) : null
  const property_reference = body.property_reference ?? null
  const input = {
    address: addressFor(provider, resolved),
    property_reference,
    branch_id: branch?.providerId ?? null,
  }
  return {
    step: { operation: 'properties.create', connection, input },
    house: {
      id: newUuid(),
      address: houseOf(resolved),
      property_reference,
      branch_id: branch?.uuid ?? null,
      metadata: body.metadata ?? {},
    },
  }
}

/** What adding a house would send. Sends and stores nothing. */
export async function previewProperty(
  services: Services,
  call: Call,
  body: PropertyRequest,
): Promise<Preview> {
  return previewStep(services, call, (await prepare(services, call, body)).step)
}

async function writeDown(tx: Tx, services: Services, call: Call, house: NamedHouse): Promise<void> {
  const at = services.now()
  insertUnplaced(tx, call.caller, { ...house, sameAs: null, at })
  const resource = { prefix: 'property' as const, uuid: house.id }
  appendAudit(tx, call, { action: 'properties.created', resource, data: {}, at })
}

/** Adds a house to the portfolio at its provider: written down first, sent once. */
export function createProperty(services: Services, call: Call, body: PropertyRequest): Promise<Answer> {
  return createOnce(services, call, {
    prepare: async () => {
      const { step, house } = await prepare(services, call, body)
      await demandSendable(services, call, step)
      return {
        resource: { prefix: 'property', uuid: house.id },
        step,
        writeDown: tx => writeDown(tx, services, call, house),
        learn: () => Promise.resolve(() => Promise.resolve()),
      }
    },
    show: async (sql, uuid) => {
      const property = await showProperty(sql, call, uuid)
      return respond(Property, property, {
        status: 201,
        headers: { location: `/v1/properties/${property.id}` },
      })
    },
  })
}
