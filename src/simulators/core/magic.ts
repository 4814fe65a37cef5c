import { type Fault, type FaultName, faultFromIncode, faultFromName, faults } from '#simulators/core/faults'

/** The tens of a magic district: at which kind of request the fault strikes. */
export const steps = { quote: 1, order: 2, address: 3, read: 4, remove: 5, change: 6 } as const
export type Step = keyof typeof steps

/** The units of a magic district: at which provider the fault strikes. */
export const strikesAt = { every: 0, homebox: 1, housr: 2, one_utility_bill: 3, mybeezbox: 4 } as const
export type SimulatorName = Exclude<keyof typeof strikesAt, 'every'>

/** A value of a request that may choose its outcome. */
export type Trigger =
  | { readonly kind: 'postcode'; readonly step: Step; readonly value: string }
  | { readonly kind: 'email'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string }

export function byPostcode(step: Step, value: string): Trigger {
  return { kind: 'postcode', step, value }
}

export function byEmail(value: string): Trigger {
  return { kind: 'email', value }
}

export function byName(value: string): Trigger {
  return { kind: 'name', value }
}

/** The postcode that makes `provider` fail so at this step. No real postcode lies in the area ZZ. */
export function magicPostcode(step: Step, provider: keyof typeof strikesAt, fault: FaultName): string {
  return `ZZ${steps[step]}${strikesAt[provider]} ${faults[fault].incode}`
}

const POSTCODE = /^ZZ([1-6])([0-4])\s?(\d[A-Z]{2})$/i
const EMAIL = /^([a-z0-9-]+)(?:\+[^@]*)?@(?:([a-z-]+)\.)?example\.com$/i
const NAME = /(?:^|\s)zz-([a-z0-9-]+)$/i

function inPostcode(provider: SimulatorName, step: Step, postcode: string): Fault | null {
  const [, tens, units, incode] = POSTCODE.exec(postcode) ?? []
  if (incode === undefined || Number(tens) !== steps[step]) return null
  const strikes = Number(units) === strikesAt.every || Number(units) === strikesAt[provider]
  return strikes ? faultFromIncode(incode.toUpperCase()) : null
}

function inEmail(provider: SimulatorName, email: string): Fault | null {
  const [, fault, host] = EMAIL.exec(email) ?? []
  if (fault === undefined) return null
  return host === undefined || host.toLowerCase() === provider.replaceAll('_', '-')
    ? faultFromName(fault)
    : null
}

function inName(name: string): Fault | null {
  const fault = NAME.exec(name)?.[1]
  return fault === undefined ? null : faultFromName(fault)
}

function inTrigger(provider: SimulatorName, trigger: Trigger): Fault | null {
  switch (trigger.kind) {
    case 'postcode':
      return inPostcode(provider, trigger.step, trigger.value)
    case 'email':
      return inEmail(provider, trigger.value)
    case 'name':
      return inName(trigger.value)
  }
}

/** The fault that the first magic value chooses at this provider; null for an ordinary request. */
export function faultAmong(provider: SimulatorName, triggers: readonly Trigger[]): Fault | null {
  for (const trigger of triggers) {
    const fault = inTrigger(provider, trigger)
    if (fault) return fault
  }
  return null
}
