import { describe, expect, test } from 'vitest'
import { type Journal, LeaseLost } from '#journal/journal'
import { eachInJournalWorld, done, first, type JournalWorld, LEASE_MS, sentFor } from '#test/journal-world'
import { after as onlyAfter, answersJson, resets } from '#test/upstream'
import { PATIENCE } from '#test/patience'

let world: JournalWorld
let journal: Journal
eachInJournalWorld((made, first) => {
  world = made
  journal = first
})

describe('sending several at once', () => {
  test('marks all of them in the first commit', async () => {
    const entries = await world.plan(journal, 3, 'all')
    expect(entries.map(({ state }) => state)).toEqual(['sending', 'sending', 'sending'])
  })

  test('finishes once, in the commit that settles the last, however close together they end', async () => {
    const entries = await world.plan(journal, 6, 'all')
    const open = Promise.withResolvers<void>()
    world.upstream.otherwise(onlyAfter(open.promise, done))
    let finished = 0
    const advancing = journal.advanceAll(entries, sentFor, async () => {
      finished += 1
      return 'the answer'
    })
    await world.upstream.received(6)
    open.resolve()
    expect(await advancing).toBe('the answer')
    expect(finished).toBe(1)
    expect(await world.states(first(entries))).toEqual(Array(6).fill('succeeded'))
  })

  test('lets none stand in the way of another', async () => {
    const entries = await world.plan(journal, 3, 'all')
    world.upstream.next(answersJson({ message: 'no' }, 422), resets, done)
    await journal.advanceAll(entries, sentFor, async () => undefined)
    expect((await world.states(first(entries))).toSorted()).toEqual(['refused', 'succeeded', 'unknown'])
  })

  test('waits for all of them, also when one is taken over meanwhile, and finishes with the last', async () => {
    const [slow, quick] = await world.plan(journal, 2, 'all')
    if (!slow || !quick) throw new Error('nothing was planned')
    const open = Promise.withResolvers<void>()
    world.upstream.otherwise((socket, request) =>
      onlyAfter(request.path.includes('/1/') ? Promise.resolve() : open.promise, done)(socket, request),
    )
    let finished = 0
    const advancing = journal.advanceAll([slow, quick], sentFor, async () => {
      finished += 1
    })
    await expect.poll(() => world.states(slow), PATIENCE).toEqual(['succeeded', 'sending'])
    world.pass(LEASE_MS + 1)
    await world.process().recover()
    open.resolve()
    await expect(advancing).rejects.toBeInstanceOf(LeaseLost)
    expect([finished, await world.states(slow)]).toEqual([0, ['succeeded', 'unknown']])
  })

  test('finishes with those that are left when one was taken over before', async () => {
    const entries = await world.plan(journal, 2, 'all')
    const open = Promise.withResolvers<void>()
    world.upstream.otherwise(onlyAfter(open.promise, done))
    const advancing = journal.advanceAll(entries, sentFor, async () => 'the answer')
    await world.upstream.received(2)
    await world.database.sql.query('UPDATE operations SET fence = fence + 1, state = $2 WHERE id = $1', [
      first(entries).id,
      'unknown',
    ])
    open.resolve()
    expect(await advancing).toBe('the answer')
    expect(await world.states(first(entries))).toEqual(['unknown', 'succeeded'])
  })

  test('is not kept from finishing by another operation of the same resource', async () => {
    const entries = await world.plan(journal, 2, 'all')
    const [abandoned, sent] = entries
    if (!abandoned || !sent) throw new Error('nothing was planned')
    expect(await journal.advanceAll([sent], sentFor, async () => 'the answer')).toBe('the answer')
    expect(await world.states(sent)).toEqual(['sending', 'succeeded'])
  })

  test('answers although one that had failed is sent again before the others are done', async () => {
    const [failed, slow] = await world.plan(journal, 2, 'all')
    if (!failed || !slow) throw new Error('nothing was planned')
    const [open, openAgain] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    world.upstream.otherwise((socket, request) => {
      if (!request.path.includes('/1/')) return onlyAfter(open.promise, done)(socket, request)
      const asked = world.asked().filter(number => number === 1).length
      return asked === 1
        ? answersJson({}, 422)(socket, request)
        : onlyAfter(openAgain.promise, done)(socket, request)
    })
    const advancing = journal.advanceAll([failed, slow], sentFor, async () => 'the answer')
    await expect.poll(() => world.states(failed), PATIENCE).toEqual(['refused', 'sending'])
    const [refused] = await world.entries(failed)
    if (!refused) throw new Error('it is gone')
    const again = await world.database.transaction(tx => journal.again(tx, refused, {}))
    if (!again) throw new Error('it was not started')
    const advancingAgain = journal.advanceAll([again], sentFor, async () => 'the second answer')
    open.resolve()
    expect(await advancing).toBe('the answer')
    openAgain.resolve()
    expect(await advancingAgain).toBe('the second answer')
    expect(await world.states(failed)).toEqual(['succeeded', 'succeeded'])
  })
})
