import type { FastifyInstance } from 'fastify'
import { listOf } from '#contract/vocabulary'
import { Event, EventParams, EventQuery } from '#contract/events'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { getEvent, listEvents } from '#resources/events/read-events'
import type { Services } from '#services'

const tag = 'Events'
const Events = listOf(Event, 'Events, newest first.')

export function eventRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/events',
    operationId: 'listEvents',
    tag,
    summary: 'List events',
    description:
      'What happened to your resources, newest first. `sequence` counts up per resource without a gap, so that the events of one can be put in order.',
    takes: { query: EventQuery },
    answers: { 200: { description: 'A page of events.', schema: Events } },
    problems: [],
    handle: async ({ query }, call) => respond(Events, await listEvents(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/events/{event_id}',
    operationId: 'getEvent',
    tag,
    summary: 'Get an event',
    description: 'One event.',
    takes: { params: EventParams },
    answers: { 200: { description: 'The event.', schema: Event } },
    problems: [],
    handle: async ({ params }, call) => respond(Event, await getEvent(services, call, params.event_id)),
  })
}
