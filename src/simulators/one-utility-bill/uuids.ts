import type { Clock } from '#simulators/core/endpoint'

const kinds = { quote: 0x2c1, lead: 0x5f7, other: 0xa3d } as const
export type UuidKind = keyof typeof kinds

export interface Uuids {
  make(kind?: UuidKind): string
  /** Whether an id was given out for this kind of thing: it says so itself, so that nothing has to be kept. */
  isIssued(kind: UuidKind, uuid: string): boolean
}

const UUID = /^([0-9a-f]{8})-([0-9a-f]{4})-7([0-9a-f]{3})-8([0-9a-f]{3})-([0-9a-f]{12})$/

function check(kind: UuidKind, time: string, count: string): string {
  const mixed = [...time, ...count].reduce(
    (sum, digit) => Math.imul(sum ^ Number.parseInt(digit, 16), 16_777_619) >>> 0,
    2_166_136_261,
  )
  return (((mixed >>> 20) ^ kinds[kind]) & 0xfff).toString(16).padStart(3, '0')
}

/** UUIDs of version 7 (chapter "UUIDs"): time, a check of the kind, a number that counts up. */
export function createUuids(clock: Clock, nextId: () => number): Uuids {
  return {
    make: (kind = 'other') => {
      const time = clock().getTime().toString(16).padStart(12, '0')
      const count = nextId().toString(16).padStart(15, '0')
      return `${time.slice(0, 8)}-${time.slice(8)}-7${check(kind, time, count)}-8${count.slice(0, 3)}-${count.slice(3)}`
    },
    isIssued: (kind, uuid) => {
      const [, early = '', late = '', checked, high = '', low = ''] = UUID.exec(uuid) ?? []
      return checked !== undefined && checked === check(kind, early + late, high + low)
    },
  }
}
