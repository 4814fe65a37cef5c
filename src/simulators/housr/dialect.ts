import type { Answer, Dialect } from '#simulators/core/endpoint'
import { Refusal } from '#simulators/core/endpoint'

function says(status: number, message: string): Answer {
  return { status, body: { status: 'error', message } }
}

/** Chapter "Error Responses". */
export const housrDialect: Dialect = {
  refused: () => says(400, 'Tenant could not be accepted'),
  unauthorized: () => says(401, 'Invalid API key'),
  forbidden: () => says(403, 'Forbidden'),
  rateLimited: waitMs => ({
    ...says(429, 'Too many requests'),
    headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
  }),
  error: () => says(500, 'Failed to store external Huddle contract'),
  unavailable: () => says(503, 'Service unavailable'),
  notFound: () => says(404, 'Not found'),
  strayQuery: key => says(400, `Unknown parameter ${key}`),
  unreadable: () => says(400, 'Invalid JSON'),
}

export const missingKey: Answer = says(401, 'Missing API key')

export function badRequest(message: string): Refusal {
  return new Refusal(says(400, message))
}
