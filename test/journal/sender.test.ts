import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Entry } from '#journal/entry'
import type { Journal } from '#journal/journal'
import type { CallContext } from '#providers/call-context'
import type { ProviderRuntime } from '#providers/run'
import { createThings, first, type JournalWorld, LEASE_MS, startJournalWorld } from '#test/journal-world'

let things: Awaited<ReturnType<typeof createThings>>
let world: JournalWorld
beforeAll(async () => {
  things = await createThings()
})
beforeEach(async () => {
  world = await startJournalWorld(things.database)
})
afterAll(() => things.drop())

const nothing = async () => undefined
const sentFor = { requestId: 'req_test' }

/** A process whose calls are noted; each fails so, where that is given. */
function watched(failure?: Error) {
  const contexts: CallContext[] = []
  const run: ProviderRuntime['run'] = (context, operation, input) => {
    contexts.push(context)
    return failure ? Promise.reject(failure) : world.runtime.run(context, operation, input)
  }
  return { contexts, journal: world.process({ providers: { ...world.runtime, run } }) }
}

/** What is kept of an operation that was not sent. */
async function notSent(journal: Journal, entry: Entry) {
  await journal.advance(entry, sentFor, nothing)
  expect(world.asked()).toEqual([])
  return first(await world.entries(entry))
}

describe('an operation is sent', () => {
  test('for its account, its resource and the request that it was asked with', async () => {
    const { contexts, journal } = watched()
    const entry = first(await world.plan(journal, 1))
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    await journal.advance(entry, { ...sentFor, traceparent }, nothing)
    const { accountId, resource } = entry
    expect(contexts).toEqual([expect.objectContaining({ accountId, resource, ...sentFor, traceparent })])
  })

  test('without a trace where there is none', async () => {
    const { contexts, journal } = watched()
    await journal.advance(first(await world.plan(journal, 1)), sentFor, nothing)
    expect(contexts).toHaveLength(1)
    expect(contexts[0]).not.toHaveProperty('traceparent')
  })

  test('and stays as being sent when a mistake of ours breaks it off: nobody knows what became of it', async () => {
    const mistake = new TypeError('a mistake')
    const { journal } = watched(mistake)
    const entry = first(await world.plan(journal, 2))
    await expect(journal.advance(entry, sentFor, nothing)).rejects.toBe(mistake)
    expect(await world.states(entry)).toEqual(['sending', 'planned'])
  })
})

describe('an operation is not sent, and says so,', () => {
  test('when its connection is gone', async () => {
    const without = world.process({ connections: { through: () => null } })
    const entry = first(await world.plan(without, 1))
    expect(await notSent(without, entry)).toMatchObject({
      state: 'not_sent',
      error: { code: 'provider_unavailable', message: expect.stringContaining('connection') },
    })
  })

  test('when its lease ran out before', async () => {
    const journal = world.process()
    const entry = first(await world.plan(journal, 1))
    world.pass(LEASE_MS)
    expect(await notSent(journal, entry)).toMatchObject({
      state: 'not_sent',
      error: { code: 'provider_unavailable', message: expect.stringContaining('lease') },
    })
  })
})
