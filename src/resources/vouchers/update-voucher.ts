import type { Call } from '#http/caller'
import type { Input } from '#providers/port/index'
import { askAboutOne } from '#resources/provider-objects/at-mybeezbox'
import { getVoucher } from '#resources/vouchers/read-vouchers'
import type { Services } from '#services'

/** Puts a voucher into a state; doing so again changes nothing. What the change answers is not documented: it is read. */
export async function updateVoucher(services: Services, call: Call, input: Input<'vouchers.update'>) {
  await askAboutOne(services, call, 'vouchers.update', input)
  return getVoucher(services, call, input.code)
}
