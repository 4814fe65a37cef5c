import type { Entry } from '#journal/entry'
import { ProviderError } from '#providers/provider-error'
import type { ProviderRuntime } from '#providers/run'
import { done, type JournalWorld, sentFor } from '#test/journal-world'
import { answersJson, type Behaviour, resets } from '#test/upstream'

/** What becomes of one call, and of the process that makes it. */
export const fates = [
  'done',
  'refused',
  'unreachable',
  'cut before it was applied',
  'answer lost',
  'applied, then 500',
  'dies before sending',
  'dies after sending',
  'sleeps after sending',
] as const
export type Fate = (typeof fates)[number]

/** A process in the middle of an operation. */
interface Life {
  /** Resolves once it is through, and when it dies or falls asleep. */
  still(): Promise<unknown>
  halt(): void
  resume(): void
  through: Promise<unknown>
}

export interface FatefulWorld {
  /** The numbers of the steps that the provider carried out, in turn. */
  readonly applied: readonly number[]
  /** Sends with a process of its own whose calls meet these fates in turn. Resolves once it is through, dead or asleep. */
  send(entry: Entry, ahead: readonly Fate[]): Promise<void>
  /** Lets those go on that sleep, until they are through, dead or asleep again. */
  wake(): Promise<void>
}

const unreachable = new ProviderError({
  provider: 'homebox',
  operation: 'tenants.delete',
  code: 'provider_unavailable',
  outcome: 'not_sent',
  message: 'nobody listens',
})

function createLife(): Life {
  let halted = Promise.withResolvers<void>()
  const life: Life = {
    still: () => Promise.race([life.through, halted.promise]),
    halt: () => halted.resolve(),
    resume: () => {
      halted = Promise.withResolvers()
    },
    through: Promise.resolve(),
  }
  return life
}

/** Processes that die and sleep at the worst moments, in front of a provider that counts what it carries out. */
export function createFates(world: JournalWorld): FatefulWorld {
  const applied: number[] = []
  let asleep: { life: Life; wake: () => void }[] = []

  const applies =
    (behaviour: Behaviour): Behaviour =>
    (socket, request) => {
      applied.push(Number(/tenants\/(\d+)\//.exec(request.path)?.[1]))
      return behaviour(socket, request)
    }
  // Who is not sent to meet a fate is answered as usual.
  world.upstream.otherwise(applies(done))
  const behaviours: Readonly<Partial<Record<Fate, Behaviour>>> = {
    refused: answersJson({}, 422),
    'cut before it was applied': resets,
    'answer lost': applies(resets),
    'applied, then 500': applies(answersJson({}, 500)),
  }

  async function meet<T>(fate: Fate, life: Life, call: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<void>()
    if (fate === 'unreachable') throw unreachable
    if (fate !== 'dies before sending') {
      world.upstream.next(behaviours[fate] ?? applies(done))
      const called = call()
      if (fate !== 'dies after sending' && fate !== 'sleeps after sending') return called
      await called
      if (fate === 'sleeps after sending') asleep.push({ life, wake: resolve })
      life.halt()
      await promise
      return called
    }
    life.halt()
    await promise
    throw new Error('the dead do not go on')
  }

  return {
    applied,
    send: async (entry, ahead) => {
      const life = createLife()
      const left = [...ahead]
      const run: ProviderRuntime['run'] = (context, operation, input) =>
        meet(left.shift() ?? 'done', life, () => world.runtime.run(context, operation, input))
      const journal = world.process({ providers: { ...world.runtime, run } })
      life.through = journal.advance(entry, sentFor, async () => undefined).catch(() => undefined)
      await life.still()
    },
    wake: async () => {
      const woken = asleep
      asleep = []
      for (const { life, wake } of woken) {
        life.resume()
        wake()
      }
      await Promise.all(woken.map(({ life }) => life.still()))
    },
  }
}
