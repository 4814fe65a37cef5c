import { Erasure } from '#contract/people'
import type { Sql, Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { hasHappened } from '#journal/entry'
import { operationsAbout, toDisclosure } from '#resources/people/disclosures'
import { dropSealed, eraseFromMetadata, erasePeople } from '#resources/people/erase-store'
import { findPerson } from '#resources/people/find-person'
import { holdPerson } from '#resources/people/hold-person'
import { namedAnyhow } from '#resources/people/naming'
import { refuseUnsettled } from '#resources/people/refuse-unsettled'
import { type OpenedCopy, sealedCopiesOf } from '#resources/people/sealed-copies'
import { auditPerson } from '#resources/people/show-person'
import type { Services } from '#services'

/** Who was erased, and who holds them still; the same however often it is asked. */
async function toErasure(sql: Sql, services: Services, call: Call, email: string): Promise<Erasure> {
  const { vault, now } = services
  const person = await findPerson(sql, vault, call.caller, email)
  const told = (await operationsAbout(sql, call.caller, person)).filter(({ entry }) => hasHappened(entry))
  return {
    object: 'erasure',
    mode: call.caller.mode,
    tenants: person.tenants.flatMap(({ shown: { id, order_id, lead_id, erased_at } }) =>
      erased_at === null ? [] : [{ id, order_id, lead_id, erased_at }],
    ),
    invites: person.invites.flatMap(({ shown: { id, order_id, erased_at } }) =>
      erased_at === null ? [] : [{ id, order_id, erased_at }],
    ),
    still_held_by: told.flatMap(one => toDisclosure(one, vault, now()) ?? []),
  }
}

async function erase(tx: Tx, services: Services, call: Call, email: string): Promise<Erasure> {
  const { vault, now } = services
  const scope = call.caller
  const person = await holdPerson(tx, vault, scope, email)
  const sealed = await sealedCopiesOf(tx, vault, { scope, person, naming: namedAnyhow(person) })
  refuseUnsettled(await operationsAbout(tx, scope, person), sealed)
  const rowsOf = (kind: OpenedCopy['kind']) => sealed.filter(copy => copy.kind === kind).map(({ id }) => id)
  eraseFromMetadata(tx, scope, person)
  erasePeople(tx, vault, scope, { person, at: now() })
  dropSealed(tx, scope, {
    inputs: rowsOf('operation_input'),
    payloads: rowsOf('provider_payload'),
    answers: rowsOf('idempotent_answer'),
  })
  auditPerson(tx, services, call, { action: 'people.erased', person })
  return toErasure(tx, services, call, email)
}

/**
 * Erases whatever tells who a person is from orders and leads of the caller's account and mode, in one commit; orders,
 * leads, operations and audit stay. Throws `state_conflict`, naming the operations, while something about them is still
 * to be sent or nobody knows what became of it.
 */
export function erasePerson(services: Services, call: Call, email: string): Promise<Answer> {
  return services.idempotency.once(
    call,
    async () => claim =>
      services.database.transaction(async tx => {
        const answer = respond(Erasure, await erase(tx, services, call, email))
        claim.settle(tx, answer)
        return answer
      }),
  )
}
