import { pino } from 'pino'
import { expect, test } from 'vitest'
import { startRounds } from '#jobs/rounds'

function logger() {
  const lines: string[] = []
  return { lines, logger: pino({}, { write: line => void lines.push(line) }) }
}

test('a round that fails is logged, and the next one comes all the same', async () => {
  const { lines, logger: log } = logger()
  const third = Promise.withResolvers<void>()
  let count = 0
  const rounds = startRounds(
    async () => {
      count += 1
      if (count === 3) third.resolve()
      throw new Error('no luck')
    },
    { everyMs: 1, failure: 'the work could not be done', logger: log },
  )
  await third.promise
  await rounds.stop()
  expect(lines[0]).toContain('the work could not be done')
})

test('stopping waits for the round under way, and no other one comes', async () => {
  const gate = Promise.withResolvers<void>()
  const done: string[] = []
  const rounds = startRounds(
    async () => {
      await gate.promise
      done.push('round')
    },
    { everyMs: 0, failure: '', logger: logger().logger },
  )
  const stopped = rounds.stop().then(() => done.push('stopped'))
  gate.resolve()
  await stopped
  await new Promise(resolve => setImmediate(resolve))
  expect(done).toEqual(['round', 'stopped'])
})
