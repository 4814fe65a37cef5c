import { createMybeezboxClient } from '#providers/mybeezbox/client'
import { inferredTable } from '#providers/mybeezbox/operation-table'
import { recordingUpstream } from '#test/recording-upstream'

/** A client of MyBeezBox in front of one answer; `sent` is what was asked after the token, without its headers. */
export function mybeezboxAnswering(answer: unknown) {
  const upstream = recordingUpstream({ token: 't' }, answer)
  const client = createMybeezboxClient(inferredTable, { username: 'u', password: 'p' }, upstream, 'test')
  const sent = () => upstream.requests.slice(1).map(({ headers: _, ...request }) => request)
  return { client, sent }
}
