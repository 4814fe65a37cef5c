import { PersonExport } from '#contract/people'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { maskForPreview } from '#providers/redact'
import { findPerson } from '#resources/people/find-person'
import { namedByEmail } from '#resources/people/naming'
import { partsAbout } from '#resources/people/parts-about'
import { type OpenedCopy, sealedCopiesOf, toSealedCopy } from '#resources/people/sealed-copies'
import { auditPerson, heldData } from '#resources/people/show-person'
import type { Services } from '#services'

function toExported(copy: OpenedCopy, email: string) {
  const data = copy.isTheirsAlone ? copy.data : partsAbout(copy.data, email)
  return { ...toSealedCopy(copy), data: maskForPreview(data, []) }
}

/**
 * Everything that is held about a person, for the one who asks for it: also what lies sealed, opened. Under a key the
 * answer is kept sealed for a day, as every other; erasing the person takes it away. Audited.
 */
export function exportPerson(services: Services, call: Call, email: string): Promise<Answer> {
  const { database, vault, now } = services
  return services.idempotency.once(
    call,
    async () => claim =>
      database.transaction(async tx => {
        const person = await findPerson(tx, vault, call.caller, email)
        const naming = namedByEmail(person)
        const sealed = await sealedCopiesOf(tx, vault, { scope: call.caller, person, naming })
        auditPerson(tx, services, call, { action: 'people.exported', person })
        const answer = respond(PersonExport, {
          object: 'person_export',
          exported_at: now().toISOString(),
          ...(await heldData(tx, services, call, person)),
          sealed: sealed.map(copy => toExported(copy, person.email)),
        })
        claim.settle(tx, answer)
        return answer
      }),
  )
}
