import { appendAudit } from '#audit/append-audit'
import type { Disclosure, Person } from '#contract/people'
import type { Sql, Tx } from '#db/tx'
import type { Call } from '#http/caller'
import { operationsAbout, toDisclosure } from '#resources/people/disclosures'
import { findPerson, type HeldPerson } from '#resources/people/find-person'
import { namedByEmail } from '#resources/people/naming'
import { sealedCopiesOf, toSealedCopy } from '#resources/people/sealed-copies'
import type { Services } from '#services'

/** Writes down that somebody's data was looked at or erased: whose, by ids alone. */
export function auditPerson(
  tx: Tx,
  services: Pick<Services, 'now'>,
  call: Call,
  { action, person }: { action: 'people.read' | 'people.exported' | 'people.erased'; person: HeldPerson },
): void {
  const data = {
    tenants: person.tenants.map(({ shown }) => shown.id),
    invites: person.invites.map(({ shown }) => shown.id),
  }
  appendAudit(tx, call, { action, resource: null, data, at: services.now() })
}

/** What providers were sent of a person, newest first. */
export async function disclosuresOf(
  sql: Sql,
  { vault, now }: Pick<Services, 'vault' | 'now'>,
  { caller }: Call,
  person: HeldPerson,
): Promise<Disclosure[]> {
  const told = await operationsAbout(sql, caller, person)
  return told.flatMap(one => toDisclosure(one, vault, now()) ?? [])
}

/** What stands open in the database about a person, and what was told of them. */
export async function heldData(sql: Sql, services: Services, call: Call, person: HeldPerson) {
  return {
    mode: call.caller.mode,
    tenants: person.tenants.map(({ shown }) => shown),
    invites: person.invites.map(({ shown }) => shown),
    disclosures: await disclosuresOf(sql, services, call, person),
  }
}

/** What is held about a person in the caller's account and mode, and which provider was sent what. Audited. */
export function getPerson(services: Services, call: Call, email: string): Promise<Person> {
  const { database, vault } = services
  return database.transaction(async tx => {
    const person = await findPerson(tx, vault, call.caller, email)
    const naming = namedByEmail(person)
    const sealed = await sealedCopiesOf(tx, vault, { scope: call.caller, person, naming })
    auditPerson(tx, services, call, { action: 'people.read', person })
    const held = await heldData(tx, services, call, person)
    return { object: 'person', ...held, sealed: sealed.map(toSealedCopy) }
  })
}
