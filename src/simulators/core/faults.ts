interface FaultFacts {
  /** The inward code of the magic postcodes: first the digit of the status class, 0 where no answer comes. */
  readonly incode: string
  /** How often the provider carries the request out. */
  readonly applied: 0 | 1 | 2
  readonly meaning: string
}

/** Everything that a simulator can do wrong, the same names at every provider. */
export const faults = {
  refused: { incode: '4RF', applied: 0, meaning: 'refuses the content (422; Housr and MyBeezBox 400)' },
  unauthorized: { incode: '4AU', applied: 0, meaning: 'the credentials are revoked (401)' },
  forbidden: { incode: '4FB', applied: 0, meaning: 'no permission (403)' },
  'rate-limited': { incode: '4RL', applied: 0, meaning: '429 with `Retry-After`, 2 s unless said otherwise' },
  error: { incode: '5ER', applied: 0, meaning: '500, nothing was applied' },
  unavailable: { incode: '5UN', applied: 0, meaning: '503, nothing was applied' },
  'applied-error': { incode: '5AP', applied: 1, meaning: '500, but the request was applied' },
  html: { incode: '2HT', applied: 0, meaning: '200 with an HTML page instead of JSON' },
  slow: { incode: '3SL', applied: 1, meaning: 'applied at once, answered late; 3 s unless said otherwise' },
  hang: { incode: '0HG', applied: 0, meaning: 'never answers' },
  'cut-before': { incode: '0BF', applied: 0, meaning: 'connection reset before the request was applied' },
  'answer-lost': { incode: '0AL', applied: 1, meaning: 'applied, then the connection is closed unanswered' },
  'cut-body': {
    incode: '2BD',
    applied: 1,
    meaning: 'applied, then the answer ends in the middle of its body',
  },
  twice: { incode: '2TW', applied: 2, meaning: 'the provider itself records the request twice' },
  'renamed-field': { incode: '2RN', applied: 1, meaning: 'the answer calls a needed field by another name' },
  'extra-fields': { incode: '2EX', applied: 1, meaning: 'the answer carries fields that no document names' },
} as const satisfies Record<string, FaultFacts>

export type FaultName = keyof typeof faults

export interface Fault {
  readonly name: FaultName
  /** How late the answer comes (`slow`), how long to wait (`rate-limited`); milliseconds. */
  readonly ms: number
}

const MAX_MS = 120_000

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name)
}

export function makeFault(name: FaultName, ms?: number): Fault {
  return { name, ms: Math.min(ms ?? (name === 'slow' ? 3_000 : 2_000), MAX_MS) }
}

/** Reads `answer-lost` or `slow-1500`; null when it names no fault. */
export function faultFromName(text: string): Fault | null {
  const [, name = '', ms] = /^([a-z-]+?)(?:-(\d{1,6}))?$/.exec(text.toLowerCase()) ?? []
  return isFaultName(name) ? makeFault(name, ms === undefined ? undefined : Number(ms)) : null
}

/** Reads an inward code such as `0AL`; `1SL` to `9SL` are slow by so many seconds. */
export function faultFromIncode(incode: string): Fault | null {
  const slow = /^([1-9])SL$/.exec(incode)
  if (slow) return makeFault('slow', Number(slow[1]) * 1_000)
  const name = Object.keys(faults)
    .filter(isFaultName)
    .find(known => faults[known].incode === incode)
  return name ? makeFault(name) : null
}

export interface Arm {
  readonly fault: FaultName
  /** Only this operation; any when absent. */
  readonly operation?: string
  /** How many requests it strikes; 1 when absent. */
  readonly times?: number
  readonly ms?: number
}

export interface Arms {
  arm(arm: Arm): void
  disarm(): void
  /** The fault armed first for this operation, used up by one. */
  take(operation: string): Fault | null
}

export function createArms(): Arms {
  let armed: { arm: Arm; left: number }[] = []
  return {
    arm: arm => {
      armed.push({ arm, left: arm.times ?? 1 })
    },
    disarm: () => {
      armed = []
    },
    take: operation => {
      const hit = armed.find(({ arm }) => (arm.operation ?? operation) === operation)
      if (!hit) return null
      hit.left -= 1
      if (hit.left <= 0) armed = armed.filter(other => other !== hit)
      return makeFault(hit.arm.fault, hit.arm.ms)
    },
  }
}
