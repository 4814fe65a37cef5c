import {
  NetworkVoucher,
  NetworkVoucherBox,
  NetworkVoucherOffer,
  NetworkVoucherUsage,
} from '#contract/network-vouchers'
import { fixture } from '#test/fixture'

const documented = (name: string) => fixture('mybeezbox', name)
const code = 'NVb77qadh'

export const networkVoucherInputs = {
  'boxes.list': {},
  'boxes.get': { id: '1' },
  'boxes.offers': { id: '1' },
  'networkVouchers.getByCode': { code },
  'networkVouchers.listByEmail': { email: 'jane.smith@example.com' },
  'networkVouchers.usages': { code },
}

/** The documented answer of each. Of offers the document shows no field. */
export function networkVoucherExamples() {
  const inputs = networkVoucherInputs
  const box = documented('boxes.get.ok')
  const voucher = documented('networkVouchers.getByCode.ok')
  return {
    'boxes.list': [{ input: inputs['boxes.list'], answers: [[box]] }],
    'boxes.get': [{ input: inputs['boxes.get'], answers: [box] }],
    'boxes.offers': [{ input: inputs['boxes.offers'], answers: [[{}]] }],
    'networkVouchers.getByCode': [{ input: inputs['networkVouchers.getByCode'], answers: [voucher] }],
    'networkVouchers.listByEmail': [{ input: inputs['networkVouchers.listByEmail'], answers: [[voucher]] }],
    'networkVouchers.usages': [
      { input: inputs['networkVouchers.usages'], answers: [documented('networkVouchers.usages.ok')] },
    ],
  }
}

const ours = { object: true, mode: true, provider: true } as const
const box = NetworkVoucherBox.omit(ours)
const voucher = NetworkVoucher.omit(ours)

/** What the port promises is what the contract does, without what is ours. */
export const networkVoucherShapes = {
  'boxes.list': box.array(),
  'boxes.get': box,
  'boxes.offers': NetworkVoucherOffer.omit(ours).array(),
  'networkVouchers.getByCode': voucher,
  'networkVouchers.listByEmail': voucher.array(),
  'networkVouchers.usages': NetworkVoucherUsage.omit(ours).array(),
}
