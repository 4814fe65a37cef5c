import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { createConnections } from '#connections/connections'
import { createOwnConnections } from '#connections/own-connections'
import { sealCredentials } from '#connections/sealed-credentials'
import type { ProviderId } from '#contract/vocabulary'
import type { Sql } from '#db/tx'
import { createVault } from '#db/vault'
import type { Connection } from '#providers/call-context'
import { newUuid } from '#values/ids'

const vault = createVault([Buffer.alloc(32, 7)])
const me = { accountId: newUuid(), mode: 'test' } as const
const other = { accountId: newUuid(), mode: 'test' } as const

function row(provider: ProviderId, credentials: Readonly<Record<string, string>>, account_id = me.accountId) {
  const id = newUuid()
  const base = { id, account_id, mode: 'test', provider, base_url: 'https://a.example', fingerprint: 'f' }
  return { ...base, credentials: sealCredentials(vault, id, credentials) }
}

/** Connections read from rows that the test hands out when it likes. */
function reading() {
  const waiting: ((rows: object[]) => void)[] = []
  const sql: Sql = {
    query: <Row extends object>() =>
      new Promise<{ rows: Row[]; rowCount: number }>(resolve => {
        waiting.push(rows => resolve({ rows: rows as Row[], rowCount: rows.length }))
      }),
  }
  return { entered: createOwnConnections({ sql, vault, logger: pino({ level: 'silent' }) }), waiting }
}

const given = (provider: ProviderId): Connection => {
  const id = `given-${provider}`
  const credentials = {}
  return { id, provider, mode: 'test', baseUrl: '', credentials, fingerprint: id, source: 'environment' }
}

async function readingOf(...rows: ReturnType<typeof row>[]) {
  const { entered, waiting } = reading()
  const done = entered.reload()
  waiting[0]?.(rows)
  await done
  return entered
}

test('a reading does not replace what one that began later has found', async () => {
  const { entered, waiting } = reading()
  const [earlier, later] = [entered.reload(), entered.reload()]
  waiting[1]?.([row('homebox', { token: 'new' })])
  await later
  waiting[0]?.([])
  await earlier
  expect(entered.of(me).get('homebox')?.credentials).toEqual({ token: 'new' })
})

test('credentials that were moved from another row are not opened', async () => {
  const moved = { ...row('homebox', { token: 't' }), id: newUuid() }
  expect((await readingOf(moved)).of(me).get('homebox')).toMatchObject({ credentials: null })
})

describe('of what is entered and what is given', () => {
  test('an account uses its own first, and the others in the order of the registry', async () => {
    const mine = row('one_utility_bill', { client_id: 'a', client_secret: 'b' })
    const connections = createConnections(
      'test',
      [given('homebox'), given('one_utility_bill')],
      other.accountId,
      await readingOf(mine),
    )
    const idsOf = (whose: typeof me | typeof other) => [...connections.of(whose).values()].map(({ id }) => id)
    expect(idsOf(me)).toEqual(['given-homebox', mine.id])
    expect(idsOf(other)).toEqual(['given-homebox', 'given-one_utility_bill'])
    expect(connections.to(me, 'one_utility_bill').map(({ id }) => id)).toEqual([
      mine.id,
      'given-one_utility_bill',
    ])
  })

  test('it is handed out to its account in its mode alone', async () => {
    const mine = row('housr', { api_key: 'k' })
    const connections = createConnections('live', [], null, await readingOf(mine))
    expect(connections.through(me, mine.id)?.id).toBe(mine.id)
    expect(connections.own(me, 'housr').id).toBe(mine.id)
    for (const whose of [other, { ...me, mode: 'live' } as const]) {
      expect([connections.through(whose, mine.id), connections.of(whose).size]).toEqual([null, 0])
      expect(() => connections.own(whose, 'housr')).toThrow(/there is none/)
    }
  })

  test('what shows a whole account is by the id that it was made through, where one is named', async () => {
    const mine = row('homebox', { token: 't' })
    const entered = await readingOf(mine)
    const connections = createConnections('test', [given('homebox')], me.accountId, entered)
    expect(connections.own(me, 'homebox').id).toBe(mine.id)
    expect(connections.own(me, 'homebox', 'given-homebox').id).toBe('given-homebox')
    expect(() => connections.own(me, 'homebox', newUuid())).toThrow(/not there any more/)
    expect([...connections.givenTo(me).keys(), ...connections.givenTo(other).keys()]).toEqual(['homebox'])
  })
})
