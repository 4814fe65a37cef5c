import type { Told } from '#test/crash-life'
import type { Traced } from '#test/crash-traces'

/** How orders and leads begin, before anything is told of them. */
const BEGINNING = { order: 'submitting', lead: 'unknown' } as const

function lastOf(told: readonly Told[], resource: string, types: readonly string[]): Told | undefined {
  return told.findLast(event => event.resource === resource && types.includes(event.type))
}

/** Where the events of an order or lead and of its operations, read from the first one on, do not lead to how it stands. */
function brokenByOne({ id, object, status, traces }: Traced, told: readonly Told[]): string[] {
  const change = lastOf(told, id, [`${object}.status_changed`])
  const said = change?.data['status'] ?? BEGINNING[object]
  const operations = traces.flatMap(({ operationId, state }) => {
    const last = lastOf(told, operationId, ['operation.unknown', 'operation.settled'])
    const isSaidUnknown = last?.type === 'operation.unknown'
    return isSaidUnknown === (state === 'unknown') ? [] : [`${operationId} is ${state}, not ${last?.type}`]
  })
  return [...(said === status ? [] : [`${id} is ${status}, not ${String(said)}`]), ...operations]
}

/** The stories that the events tell wrongly, in words. */
export function brokenStories(all: readonly Traced[], told: readonly Told[]): string[] {
  return all.flatMap(traced => brokenByOne(traced, told))
}
