import type { FastifyInstance } from 'fastify'
import { Erasure, Person, PersonExport, PersonInput, PersonQuery } from '#contract/people'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { erasePerson } from '#resources/people/erase-person'
import { exportPerson } from '#resources/people/export-person'
import { getPerson } from '#resources/people/show-person'
import type { Services } from '#services'

const tag = 'People'

export function peopleRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/people',
    operationId: 'getPerson',
    tag,
    summary: 'See what is held about a person',
    description:
      'Tenants and invitations of orders and leads, which provider was sent which field and when, and what encrypted copies there are. Of somebody who is not known the lists are empty. Needs `admin`, and is noted in the audit log without the address, which no log line, metric or trace holds either.',
    takes: { query: PersonQuery },
    answers: { 200: { description: 'What is held.', schema: Person } },
    problems: [],
    handle: async ({ query }, call) => respond(Person, await getPerson(services, call, query.email)),
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/people/export',
    operationId: 'exportPerson',
    tag,
    summary: 'Export what is held about a person',
    description:
      'What `GET /v1/people` answers, with the contents of the encrypted copies as far as they are about this person: to be handed out to whoever asks for their data. Bank details are masked. Noted in the audit log.',
    takes: { body: PersonInput },
    answers: { 200: { description: 'Everything that is held.', schema: PersonExport } },
    problems: ['idempotency_conflict', 'idempotency_mismatch'],
    handle: ({ body }, call) => exportPerson(services, call, body.email),
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/people/erase',
    operationId: 'erasePerson',
    tag,
    summary: 'Erase a person',
    description:
      'Makes null whatever tells who they are, and drops the encrypted copies that name them; orders, leads, operations and the audit log stay, without them. Nothing that is read at a provider later brings them back. 409 `state_conflict`, naming the operations, while one about them is `planned`, `sending` or `unknown`. Asking again answers the same. The providers that were sent something are named: they have to be asked themselves.',
    takes: { body: PersonInput },
    answers: { 200: { description: 'Whose data was erased, and who holds it still.', schema: Erasure } },
    problems: ['idempotency_conflict', 'idempotency_mismatch', 'state_conflict'],
    handle: ({ body }, call) => erasePerson(services, call, body.email),
  })
}
