import { z } from 'zod'
import { pollConnection } from '#jobs/poll-connection'
import { dueConnections, type WatchKind } from '#mappings/watches'
import type { Services } from '#services'

const idle = async () => undefined
const never = new AbortController().signal

/** One round through every connection that something is due through; answers how many things were looked at. */
export async function pollAll(services: Services, random = 0): Promise<number> {
  let looks = 0
  for (const connection of await dueConnections(services.database.sql, services.now()))
    looks += await pollConnection({ services, pause: idle, random: () => random }, connection, never)
  return looks
}

const Row = z.object({
  kind: z.string(),
  next_at: z.date().nullable(),
  failures: z.int(),
  looked_at: z.date().nullable(),
})

/** The watches of one kind, in the order in which they came to be. */
export async function watchesOf(services: Services, kind: WatchKind): Promise<z.output<typeof Row>[]> {
  const { rows } = await services.database.sql.query(
    'SELECT kind, next_at, failures, looked_at FROM watches WHERE kind = $1 ORDER BY created_at, id',
    [kind],
  )
  return z.array(Row).parse(rows)
}
