import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { seedKey } from '#test/seed'
import { uuidOf } from '#values/ids'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

async function addQuotes(key: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let made = 0; made < count; made += 1) {
    ids.push(
      (await gateway.api('POST /v1/quotes', { key, body: household({ providers: ['homebox'] }) })).body.id,
    )
  }
  return ids
}

const list = (key: string, query: string) => gateway.api(`GET /v1/quotes?${query}`, { key })
const remove = (id: string) =>
  gateway.services.database.sql.query('DELETE FROM quotes WHERE id = $1', [uuidOf('quote', id)])

/** The ids of all pages; `between` is called after each with its number, from 1. */
async function walk(
  key: string,
  limit: number,
  between: (page: number) => Promise<unknown>,
): Promise<string[]> {
  const seen: string[] = []
  let cursor = ''
  for (let page = 1; page <= 20; page += 1) {
    const { body } = await list(key, `limit=${limit}${cursor}`)
    seen.push(...body.data.map((quote: { id: string }) => quote.id))
    if (!body.has_more) return seen
    cursor = `&cursor=${body.next_cursor}`
    await between(page)
  }
  throw new Error('the list never ends')
}

describe('a list that changes while it is read', () => {
  test('shows every row that was there all the time once, newest first', async () => {
    const { key } = await seedKey(gateway)
    const ids = await addQuotes(key, 7)
    const [first = '', second = '', , , , , last = ''] = ids
    const seen = await walk(key, 2, async page => {
      if (page === 1) await addQuotes(key, 2)
      if (page === 2) for (const gone of [last, second]) await remove(gone)
    })
    expect(seen).toEqual([...ids].reverse().filter(id => id !== second))
    expect(seen).toContain(first)
  })

  test('goes on behind a row that is gone', async () => {
    const { key } = await seedKey(gateway)
    const ids = await addQuotes(key, 4)
    const seen = await walk(key, 2, async () => remove(ids[2] ?? ''))
    expect(seen).toEqual([...ids].reverse())
  })

  test('is empty when everything behind the cursor is gone', async () => {
    const { key } = await seedKey(gateway)
    const ids = await addQuotes(key, 2)
    const { body } = await list(key, 'limit=1')
    await remove(ids[0] ?? '')
    expect((await list(key, `cursor=${body.next_cursor}`)).body).toEqual({
      object: 'list',
      data: [],
      has_more: false,
      next_cursor: null,
    })
  })
})

describe('a page', () => {
  test.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1.5',
    'limit=',
    'limit=ten',
    'limit=1e1',
    'limit=1&limit=2',
  ])('is not of another size than 1 to 100: %s', async query => {
    const { errors } = expectProblem(await list(gateway.key, query), 'validation_failed')
    expect(errors).toMatchObject([{ pointer: '/query/limit' }])
  })

  test.each(['page=2', 'offset=10', 'Limit=1', '__proto__=1', 'constructor=1'])(
    'is not asked for by %s',
    async query => {
      const { errors } = expectProblem(await list(gateway.key, query), 'validation_failed')
      expect(errors).toMatchObject([{ pointer: `/query/${query.split('=')[0]}`, code: 'unknown_field' }])
    },
  )

  test.each(['x', '%FF%FE', '%00', 'bnVsbA', '../../etc/passwd', "' OR 1=1"])(
    'is not continued by a made-up cursor: %s',
    async cursor => {
      expectProblem(await list(gateway.key, `cursor=${cursor}`), 'malformed_request')
    },
  )

  test('is not continued by a cursor of another list or another account', async () => {
    const [one, other] = [await seedKey(gateway), await seedKey(gateway)]
    await addQuotes(one.key, 2)
    await addQuotes(other.key, 2)
    const { body } = await list(one.key, 'limit=1')
    const cursor = `cursor=${body.next_cursor}`
    expect((await list(one.key, cursor)).status).toBe(200)
    expectProblem(await list(other.key, cursor), 'malformed_request')
    expectProblem(
      await gateway.api(`GET /v1/provider-calls?${cursor}`, { key: one.key }),
      'malformed_request',
    )
  })
})
