import * as fc from 'fast-check'
import { test } from 'vitest'
import { faults, isFaultName } from '#simulators/core/faults'
import { type Happening, liveThrough } from '#test/crash-happenings'
import { createLife } from '#test/crash-life'

const RUNS = 15
const LONGEST = 8
/** After which a failure is not shrunk any more, so that its seed is told before the test runs out of time. */
const PATIENCE_MS = 60_000

/** All but the doubles that are the provider's own. */
const ours = Object.keys(faults)
  .filter(isFaultName)
  .filter(name => faults[name].applied < 2)

const kind = fc.constantFrom('a Homebox order' as const, 'a lead' as const, 'a Housr order' as const)
const which = fc.nat({ max: 7 })
const commit = fc.integer({ min: 1, max: 6 })
const death = fc.option(fc.record({ commit, when: fc.constantFrom('before' as const, 'after' as const) }), {
  freq: 2,
})

const create = fc.record({
  do: fc.constant('create' as const),
  kind,
  fault: fc.option(fc.constantFrom(...ours), { freq: 3 }),
  step: fc.nat({ max: 2 }),
  death,
})
const repeat = fc.record({ do: fc.constant('repeat' as const), which })
const wait = fc.record({ do: fc.constant('wait' as const) })
const look = fc.record({ do: fc.constant('look' as const) })
const resolve = fc.record({
  do: fc.constant('resolve' as const),
  which,
  as: fc.constantFrom('happened' as const, 'did_not_happen' as const, 'send_again' as const),
  death,
})
const retry = fc.record({
  do: fc.constant('retry' as const),
  which,
  how: fc.constantFrom('bare' as const, 'correct' as const, 'skip' as const),
  death,
})
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 1, arbitrary: create },
  { weight: 1, arbitrary: repeat },
  { weight: 2, arbitrary: wait },
  { weight: 3, arbitrary: look },
  { weight: 3, arbitrary: resolve },
  { weight: 4, arbitrary: retry },
)

test('whatever happens, and in whatever turn, each step is done once and the status says how it stands', {
  timeout: 2 * PATIENCE_MS,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      create,
      fc.array(happening, { minLength: 4, maxLength: LONGEST - 1 }),
      async (first, others) => {
        const life = await createLife()
        try {
          await liveThrough(life, [first, ...others])
        } finally {
          await life.end()
        }
      },
    ),
    { numRuns: RUNS, interruptAfterTimeLimit: PATIENCE_MS },
  )
})
