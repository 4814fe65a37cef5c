import type { MandateStatus } from '#simulators/homebox/state'

/** Account numbers that choose what becomes of the mandate. */
export const magicAccounts: Readonly<Record<string, MandateStatus>> = {
  '00000001': 'rejected',
  '00000002': 'cancelled',
  '00000003': 'suspended',
  '00000004': 'nomandate',
  '00000005': 'pending',
  '00000006': 'submitted',
}

export function mandateStatusFor(accountNumber: string): MandateStatus | null {
  return Object.hasOwn(magicAccounts, accountNumber) ? (magicAccounts[accountNumber] ?? null) : null
}
