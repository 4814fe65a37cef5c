import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Entry } from '#journal/entry'
import type { Journal } from '#journal/journal'
import type { Sight } from '#journal/lookup'
import type { Reconciler } from '#journal/reconcile'
import { createFates, type Fate, type FatefulWorld, fates } from '#test/journal-fates'
import { createThings, first, type JournalWorld, LEASE_MS, startJournalWorld } from '#test/journal-world'

const HOUR_MS = 3_600_000

let things: Awaited<ReturnType<typeof createThings>>
beforeAll(async () => {
  things = await createThings()
})
afterAll(() => things.drop())

type Word = 'happened' | 'did not happen' | 'send again'
type Command =
  | { readonly do: 'recover' }
  | { readonly do: 'wake' }
  | { readonly do: 'look' }
  | { readonly do: 'resolve'; readonly words: readonly Word[]; readonly ahead: readonly Fate[] }
  | { readonly do: 'retry'; readonly ahead: readonly Fate[] }

const ahead = fc.array(fc.constantFrom(...fates), { maxLength: 3 })
const words = fc.array(fc.constantFrom<Word>('happened', 'did not happen', 'send again'), {
  minLength: 1,
  maxLength: 3,
})
const commands = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Command>({ do: 'recover' }) },
    { weight: 1, arbitrary: fc.constant<Command>({ do: 'wake' }) },
    { weight: 3, arbitrary: fc.constant<Command>({ do: 'look' }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('resolve' as const), words, ahead }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('retry' as const), ahead }) },
  ),
  { maxLength: 12 },
)

/** One thing with its steps, and how often people allowed each of them to be sent once more. */
interface Story {
  readonly world: JournalWorld
  readonly fateful: FatefulWorld
  readonly journals: readonly Journal[]
  /** Of the same processes; they see what the provider has carried out. */
  readonly reconcilers: readonly Reconciler[]
  readonly thing: Entry
  readonly allowed: Map<number, number>
}

const resolutionOf = (word: Word) => ({
  outcome: word === 'happened' ? ('happened' as const) : ('did_not_happen' as const),
  send_again: word === 'send again',
  at: '2026-11-21T12:00:00.000Z',
  key_id: 'key_01kb2z6x9ve8vs2m0g5a7d3c1r',
})

/** What a person says of an unknown operation; the operation to be sent next because of it, if there is one. */
async function resolve(
  { world, journals, allowed }: Story,
  unknown: Entry,
  word: Word,
): Promise<Entry | null> {
  const journal = first(journals)
  const resolution = resolutionOf(word)
  const next = await world.database.transaction(async tx => {
    if (word === 'send again') return journal.resend(tx, unknown, { reference: null, resolution })
    const resolved = await journal.resolve(tx, unknown, { resolution, providerIds: [] })
    return resolved && word === 'happened' ? journal.next(tx, resolved) : null
  })
  if (next && word === 'send again') allowed.set(next.seq, (allowed.get(next.seq) ?? 0) + 1)
  return next
}

/** An hour later both processes look for what nobody knows, at once. */
async function look({ world, reconcilers }: Story): Promise<void> {
  world.pass(HOUR_MS)
  await Promise.all(reconcilers.map(reconciler => reconciler.lookAtDue('homebox')))
}

async function carryOut(story: Story, command: Command): Promise<void> {
  const { world, fateful, journals, thing } = story
  if (command.do === 'wake') return fateful.wake()
  if (command.do === 'look') return look(story)
  if (command.do === 'recover') {
    world.pass(LEASE_MS + 1)
    await Promise.all(journals.map(journal => journal.recover()))
    return
  }
  const entries = await world.entries(thing)
  if (command.do === 'resolve') {
    const unknown = entries.find(({ state }) => state === 'unknown')
    if (!unknown) return
    const next = await Promise.all(command.words.map(word => resolve(story, unknown, word)))
    await Promise.all(next.map(entry => entry && fateful.send(entry, command.ahead)))
    return
  }
  const failed = entries.find(({ state }) => state === 'refused' || state === 'not_sent')
  const again = failed && (await world.database.transaction(tx => first(journals).again(tx, failed, {})))
  if (again) await fateful.send(again, command.ahead)
}

/** Everybody wakes up, whatever nobody is at any more is given up, and what nobody knows is looked for. */
async function end(story: Story): Promise<void> {
  const { world, fateful, journals } = story
  for (let round = 0; round < 4; round += 1) {
    await fateful.wake()
    world.pass(LEASE_MS + 1)
    await first(journals).recover()
    await look(story)
    await look(story)
  }
}

function isDone({ state, resolution }: Entry): boolean {
  return state === 'succeeded' || (state === 'settled_by_person' && resolution?.outcome === 'happened')
}

async function check({ world, fateful, thing, allowed }: Story): Promise<void> {
  const entries = await world.entries(thing)
  for (const [index, entry] of entries.entries()) {
    const effects = fateful.applied.filter(seq => seq === entry.seq).length
    expect(effects).toBeLessThanOrEqual(1 + (allowed.get(entry.seq) ?? 0))
    expect(world.asked().filter(seq => seq === entry.seq).length).toBeLessThanOrEqual(entry.attempts)
    if (entry.state === 'succeeded') expect(effects).toBeGreaterThanOrEqual(1)
    expect(['sending', 'unknown']).not.toContain(entry.state)
    if (entry.state === 'not_sent') expect(effects).toBeLessThanOrEqual(allowed.get(entry.seq) ?? 0)
    expect(entry.input === null).toBe(['succeeded', 'settled_by_person'].includes(entry.state))
    const before = entries[index - 1]
    if (before && !isDone(before)) expect([entry.state, effects]).toEqual(['planned', 0])
    const last = (await world.events(entry)).at(-1)
    expect(last === 'operation.unknown').toBe(entry.state === 'unknown')
    const told = (await world.told(thing)).findLast(note => note.startsWith(`${entry.seq} `))
    expect(told ?? `${entry.seq} planned`).toBe(`${entry.seq} ${entry.state}`)
  }
}

test('whatever goes wrong and whoever says what, nothing is carried out more often than people allowed', async () => {
  const stories = fc.asyncProperty(
    fc.integer({ min: 1, max: 3 }),
    ahead,
    commands,
    async (steps, begins, follow) => {
      const world = await startJournalWorld(things.database)
      const journals = [world.process(), world.process()]
      const thing = first(await world.plan(first(journals), steps))
      const fateful = createFates(world)
      const see = async ({ entry }: { entry: Entry }): Promise<Sight> =>
        fateful.applied.includes(entry.seq) ? { seen: 'it', providerIds: [] } : { seen: 'nothing' }
      const story = {
        world,
        fateful,
        journals,
        reconcilers: journals.map(journal => world.reconciler(journal, see)),
        thing,
        allowed: new Map<number, number>(),
      }
      await story.fateful.send(thing, begins)
      for (const command of follow) await carryOut(story, command)
      await end(story)
      await check(story)
    },
  )
  await fc.assert(stories, { numRuns: 50, endOnFailure: true })
}, 60_000)
