import { billingExamples } from '#test/conformance-billing'
import type { ExamplesOf } from '#test/conformance-cases'
import type { Ids, Inputs } from '#test/conformance-inputs'
import { inputsFor, otherOrders } from '#test/conformance-inputs'
import { portfolioExamples } from '#test/conformance-portfolio'
import { fixture } from '#test/fixture'

const told = 'for a branch'
const documented = (name: string) => fixture('homebox', name)

/** The documented uses of each operation, on our own behalf and on that of a branch. */
export function homeboxExamples(ids?: Ids): ExamplesOf<'homebox'> {
  const inputs = inputsFor(ids)
  return {
    ...finding(inputs),
    ...leads(inputs),
    ...orders(inputs),
    ...payers(inputs),
    ...billingExamples(inputs),
    ...portfolioExamples(inputs),
  }
}

function finding(inputs: Inputs) {
  const household = inputs['quotes.create']
  return {
    'addresses.search': [
      { input: inputs['addresses.search'], answers: [documented('addresses.search.found')] },
    ],
    'quotes.create': [
      { input: household, answers: [documented('quotes.create.packages')] },
      {
        told: 'where a partner pays',
        input: { ...household, responsibility: 'partner' as const },
        answers: [documented('quotes.create.partner')],
      },
    ],
  }
}

function leads(inputs: Inputs) {
  const { branch_id } = inputs['branches.get']
  const one = [documented('leads.create.ok')]
  const list = [documented('leads.list.ok')]
  return {
    'leads.create': [
      { input: inputs['leads.create'], answers: one },
      { told, input: { ...inputs['leads.create'], branch_id }, answers: one },
    ],
    'leads.get': [
      { input: inputs['leads.get'], answers: one },
      { told, input: { ...inputs['leads.get'], branch_id }, answers: one },
    ],
    'leads.list': [
      { input: inputs['leads.list'], answers: list },
      { told, input: { ...inputs['leads.list'], branch_id }, answers: list },
    ],
    'leads.scan': [
      { input: inputs['leads.scan'], answers: list },
      { told, input: { ...inputs['leads.scan'], branch_id }, answers: list },
    ],
  }
}

function orders(inputs: Inputs) {
  const { branch_id } = inputs['branches.get']
  const one = documented('orders.get.ok')
  const list = documented('orders.list.ok')
  const ofBranch = documented('orders.list.branch')
  const none = { data: [], meta: { order_count: 0 } }
  return {
    'orders.create': [
      { input: inputs['orders.create'], answers: [documented('orders.create.tenant')] },
      {
        told,
        input: { ...inputs['orders.create'], branch_id },
        answers: [documented('orders.create.branch')],
      },
      {
        told: 'where a partner pays',
        input: otherOrders.partner,
        answers: [documented('orders.create.partner')],
      },
    ],
    'orders.get': [
      { input: inputs['orders.get'], answers: [one] },
      { told, input: { ...inputs['orders.get'], branch_id }, answers: [one] },
    ],
    'orders.list': [
      { input: inputs['orders.list'], answers: [list] },
      { told, input: { ...inputs['orders.list'], branch_id }, answers: [ofBranch] },
    ],
    'orders.find': [
      { input: inputs['orders.find'], answers: [list] },
      { told, input: { ...inputs['orders.find'], branch_id }, answers: [none, ofBranch, one] },
    ],
    'orders.scan': [{ input: inputs['orders.scan'], answers: [list] }],
  }
}

function payers(inputs: Inputs) {
  const { branch_id } = inputs['branches.get']
  const invited = [documented('invites.create.ok')]
  return {
    'tenants.create': [{ input: inputs['tenants.create'], answers: [documented('tenants.create.ok')] }],
    'tenants.list': [{ input: inputs['tenants.list'], answers: [documented('tenants.list.ok')] }],
    'tenants.update': [{ input: inputs['tenants.update'], answers: [documented('tenants.update.ok')] }],
    'tenants.delete': [{ input: inputs['tenants.delete'], answers: [documented('tenants.delete.ok')] }],
    'invites.create': [
      { input: inputs['invites.create'], answers: invited },
      { told, input: { ...inputs['invites.create'], branch_id }, answers: invited },
    ],
    'invites.list': [{ input: inputs['invites.list'], answers: [documented('invites.list.ok')] }],
    'invites.delete': [{ input: inputs['invites.delete'], answers: [documented('invites.delete.ok')] }],
    'mandates.get': [{ input: inputs['mandates.get'], answers: [documented('mandates.get.ok')] }],
    'mandates.update': [{ input: inputs['mandates.update'], answers: [documented('mandates.update.ok')] }],
  }
}
