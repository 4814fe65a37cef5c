import { describe, expect, test } from 'vitest'
import type { Call } from '#http/caller'
import type { Entry } from '#journal/entry'
import type { Journal } from '#journal/journal'
import { nextTurn, type Turn, turnTaken } from '#journal/turn'
import {
  addThing,
  eachInJournalWorld,
  first,
  type JournalWorld,
  LEASE_MS,
  scope,
  sentFor,
} from '#test/journal-world'
import { resets } from '#test/upstream'
import { idFromUuid, newUuid } from '#values/ids'

let world: JournalWorld
let journal: Journal
eachInJournalWorld((made, first) => {
  world = made
  journal = first
})

const caller = { ...scope, keyId: newUuid(), scopes: [] }
const callOf = (changes: Partial<Call['caller']> = {}): Call => ({
  caller: { ...caller, ...changes },
  requestId: 'req_turn',
  traceparent: undefined,
  idempotency: null,
  spentUpstream: () => undefined,
})
const payment = { kind: 'payment', id: 'a1' }
const turn = (target = payment, call = callOf()) => nextTurn(world, call, target)
const nothing = async () => undefined
const conflict = (detail: unknown, members: object = {}) =>
  expect.objectContaining({ code: 'state_conflict', message: detail, members })

/** Writes an operation down that takes the turn; one that comes too late is told what its caller is told. */
function take(taken: Turn): Promise<Entry> {
  const uuid = newUuid()
  const writing = world.database.transaction(async tx => {
    await addThing(tx, uuid)
    const step = { ...world.step(1), turn: taken }
    return first(await journal.plan(tx, scope, { prefix: 'order', uuid }, [step], 'first'))
  })
  return writing.catch((err: unknown) => {
    throw turnTaken(err)
  })
}

describe('a turn on what money is moved of', () => {
  test('is one operation’s, of many that were about to take it at once', async () => {
    const turns = await Promise.all(Array.from({ length: 8 }, () => turn()))
    const results = await Promise.allSettled(turns.map(take))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const lost = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []))
    expect(lost).toEqual(Array(7).fill(conflict('Another operation was quicker.')))
    expect(lost[0].headers).toEqual({ 'retry-after': '1' })
  })

  test('is lost when another operation was done meanwhile: what was read before is not true any more', async () => {
    const [early, late] = [await turn(), await turn()]
    await journal.advance(await take(early), sentFor, nothing)
    await expect(take(late)).rejects.toEqual(conflict('Another operation was quicker.'))
    await journal.advance(await take(await turn()), sentFor, nothing)
    expect(world.asked()).toEqual([1, 1])
  })

  test('is not given while an operation is being sent, nor while nobody knows what became of it', async () => {
    const entry = await take(await turn())
    const resource = idFromUuid('operation', entry.id)
    await expect(turn()).rejects.toEqual(conflict(`${resource} is under way.`, { resource }))
    world.upstream.next(resets)
    await journal.advance(entry, sentFor, nothing)
    const detail = expect.stringContaining(`not known whether ${resource} (tenants.delete)`)
    await expect(turn()).rejects.toEqual(conflict(detail, { resource }))
  })

  test('is not given after an operation whose sender has gone silent', async () => {
    const entry = await take(await turn())
    world.pass(LEASE_MS + 1)
    await expect(turn()).rejects.toEqual(
      conflict(expect.stringContaining('not known'), { resource: idFromUuid('operation', entry.id) }),
    )
  })

  test('is given again once a person has said what happened', async () => {
    world.upstream.next(resets)
    const entry = await take(await turn())
    await journal.advance(entry, sentFor, nothing)
    const [unknown = entry] = await world.entries(entry)
    const resolution = { outcome: 'did_not_happen', send_again: false, at: '', key_id: '' } as const
    await world.database.transaction(tx => journal.resolve(tx, unknown, { resolution, providerIds: [] }))
    expect((await turn()).number).toBe(2)
  })

  test('is one of many: each object, account and mode has its own, and letters count alike in either case', async () => {
    await take(await turn())
    await expect(turn({ kind: 'payment', id: 'A1' })).rejects.toMatchObject({ code: 'state_conflict' })
    const others = [
      turn({ kind: 'payment', id: 'a2' }),
      turn({ kind: 'gift_card', id: 'a1' }),
      turn(payment, callOf({ mode: 'live' })),
      turn(payment, callOf({ accountId: newUuid() })),
    ]
    expect((await Promise.all(others)).map(({ number }) => number)).toEqual([1, 1, 1, 1])
  })

  test('keeps nothing of what it is called', async () => {
    const code = 'NGCasdf123'
    await take(await turn({ kind: 'network_gift_card', id: code }))
    const { rows } = await world.database.sql.query(
      'SELECT to_jsonb(operations)::text AS text FROM operations',
    )
    const hex = Buffer.from(code).toString('hex')
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${code}|${hex}`, 'i'))
  })
})

test('what fails for another reason is told as it is', () => {
  const err = new Error('the database is away')
  expect(turnTaken(err)).toBe(err)
})
