import type { Seat, WindowRequest } from '#providers/call-window'
import type { Clock } from '#providers/clock'
import type { RateFacts } from '#providers/limiter'

/** What has happened to calls that count against a window, until it has been told to whoever keeps it. */
export interface CallNews {
  heard(facts: RateFacts): void
  over(seat: Seat): void
  unused(seat: Seat): void
  /** All of it, to be told now; and the way to keep it after all, when it could not be told. */
  take(): { readonly told: Pick<WindowRequest, 'heard' | 'over' | 'unused'>; readonly putBack: () => void }
}

interface News {
  readonly heard: readonly { readonly facts: RateFacts; readonly at: number }[]
  readonly over: readonly { readonly seat: Seat; readonly at: number }[]
  readonly unused: readonly Seat[]
}

const NONE: News = { heard: [], over: [], unused: [] }

function both(first: News, second: News): News {
  return {
    heard: [...first.heard, ...second.heard],
    over: [...first.over, ...second.over],
    unused: [...first.unused, ...second.unused],
  }
}

/** The same with ages in place of instants: clocks differ, durations do not. */
function aged({ heard, over, unused }: News, now: number): ReturnType<CallNews['take']>['told'] {
  return {
    heard: heard.map(({ facts, at }) => {
      const agoMs = now - at
      return { facts, agoMs, beganAgoMs: agoMs + (facts.tookMs ?? 0) }
    }),
    over: over.map(({ seat, at }) => ({ seat, agoMs: now - at })),
    unused,
  }
}

export function createCallNews(clock: Clock): CallNews {
  let news = NONE
  const add = (more: Partial<News>) => {
    news = both(news, { ...NONE, ...more })
  }
  return {
    heard: facts => add({ heard: [{ facts, at: clock.now() }] }),
    over: seat => add({ over: [{ seat, at: clock.now() }] }),
    unused: seat => add({ unused: [seat] }),
    take: () => {
      const taken = news
      news = NONE
      const putBack = () => {
        news = both(taken, news)
      }
      return { told: aged(taken, clock.now()), putBack }
    },
  }
}
