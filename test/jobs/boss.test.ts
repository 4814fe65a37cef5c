import type { PgBoss } from 'pg-boss'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { startBoss } from '#jobs/boss'
import { createTestDatabase } from '#test/database'
import { startStoppablePostgres } from '#test/stoppable-postgres'

const PATIENCE = { timeout: 30_000, interval: 50 }
const logger = pino({ level: 'silent' })
const OFTEN = { pollingIntervalSeconds: 0.5 }

/** pg-boss with one queue, which notes the jobs that were done. */
function startCounting(
  connectionString: string,
  work: (name: string) => Promise<void> = async () => undefined,
) {
  const done: string[] = []
  let given: PgBoss | undefined
  const boss = startBoss({
    connectionString,
    logger,
    prepare: async prepared => {
      given = prepared
      await prepared.createQueue('count')
      await prepared.work<{ name: string }>('count', OFTEN, async ([job]) => {
        const name = job?.data.name ?? ''
        await work(name)
        done.push(name)
      })
    },
  })
  onTestFinished(boss.stop)
  return { boss, done, send: (name: string) => given?.send('count', { name }, { retryDelay: 0 }) }
}

test('jobs go on by themselves once a database that went away is back', async () => {
  const postgres = await startStoppablePostgres()
  onTestFinished(postgres.remove)
  const { boss, done, send } = startCounting(postgres.url)
  await boss.started
  await send('before')
  await expect.poll(() => done, PATIENCE).toEqual(['before'])
  await postgres.kill()
  await expect(send('meanwhile')).rejects.toThrow()
  await postgres.start()
  await send('after')
  await expect.poll(() => done, PATIENCE).toEqual(['before', 'after'])
}, 60_000)

test('jobs start by themselves once the database is there', async () => {
  const postgres = await startStoppablePostgres()
  onTestFinished(postgres.remove)
  await postgres.kill()
  const { boss, done, send } = startCounting(postgres.url)
  await postgres.start()
  await boss.started
  await send('first')
  await expect.poll(() => done, PATIENCE).toEqual(['first'])
}, 60_000)

test('a job whose handler fails is done again, and what is under way is finished before it stops', async () => {
  const database = await createTestDatabase()
  onTestFinished(database.drop)
  const fails = new Set(['fails once'])
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { boss, done, send } = startCounting(database.url, async name => {
    if (fails.delete(name)) throw new Error('for a test')
    if (name !== 'takes long') return
    begin()
    await held
  })
  await boss.started
  await send('fails once')
  await expect.poll(() => done, PATIENCE).toEqual(['fails once'])
  await send('takes long')
  await begun
  const stopped = boss.stop()
  release()
  await stopped
  expect(done).toEqual(['fails once', 'takes long'])
})
