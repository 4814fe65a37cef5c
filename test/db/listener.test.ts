import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startListener } from '#db/listener'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { type PostgresProxy, startPostgresProxy } from '#test/postgres-proxy'
import { PATIENCE } from '#test/patience'

let server: TestDatabase
let proxy: PostgresProxy
beforeAll(async () => {
  server = await createTestDatabase()
  proxy = await startPostgresProxy(server.url)
})
afterAll(async () => {
  await proxy.close()
  await server.drop()
})

async function notify(): Promise<void> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query("SELECT pg_notify('bells', '')")
  await client.end()
}

function listen() {
  const heard = vi.fn()
  const logger = pino({ level: 'silent' })
  const listener = startListener({
    connectionString: proxy.url,
    channel: 'bells',
    onNotification: heard,
    logger,
  })
  onTestFinished(() => listener.stop())
  const times = (count: number) => vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(count), PATIENCE)
  return { listener, heard, times }
}

describe('a listener', () => {
  test('hears what is notified, and says once that it has begun to', async () => {
    const { times } = listen()
    await times(1)
    await notify()
    await times(2)
  })

  test('comes back when its connection is lost, and then has whoever asks look for what was not heard', async () => {
    const { times } = listen()
    await times(1)
    proxy.cut()
    await times(2)
    await notify()
    await times(3)
  })

  test('may be stopped while it connects, and hears nothing more', async () => {
    const { listener, heard } = listen()
    await listener.stop()
    await notify()
    expect(heard).not.toHaveBeenCalled()
  })
})
