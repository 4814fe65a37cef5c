import type { Api } from '#test/api'

const LIMIT = 100

/** Everything on a list, page after page, in its own order. The list has a query already, if only `?`. */
export async function everyPage(api: Api, list: `/v1/${string}?${string}`): Promise<unknown[]> {
  const found: unknown[] = []
  for (let cursor = ''; ; ) {
    const { body } = await api(`GET ${list}&limit=${LIMIT}${cursor}`)
    found.push(...body.data)
    if (!body.has_more) return found
    cursor = `&cursor=${body.next_cursor}`
  }
}
