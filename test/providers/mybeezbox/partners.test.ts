import { expect, test } from 'vitest'
import { createMybeezboxClient } from '#providers/mybeezbox/client'
import { mybeezboxKyc } from '#providers/mybeezbox/kyc'
import { mybeezboxNetworkPartners } from '#providers/mybeezbox/network-partners'
import { inferredTable } from '#providers/mybeezbox/operation-table'
import { mybeezboxPartners } from '#providers/mybeezbox/partners'
import { partnerInputs } from '#test/conformance-partners'
import { fixture } from '#test/fixture'
import { recordingUpstream } from '#test/recording-upstream'
import { z } from 'zod'

const credentials = { username: 'johndoe', password: 'mypassword' }
const answering = (answer: unknown) =>
  createMybeezboxClient(inferredTable, credentials, recordingUpstream({ token: 't' }, answer), 'test')

const documented = (name: string) => z.record(z.string(), z.unknown()).parse(fixture('mybeezbox', name))

const account = { iban: 'FR2212739000304675471929G68', bic: 'BNPAESMS' }

test('of a bank account that the provider shows the last characters are passed on, of a birthday nothing', async () => {
  const client = answering({ ...documented('partners.create.ok'), ...account, rating: 5 })
  const partner = await mybeezboxPartners['partners.create'](client, partnerInputs['partners.create'])
  expect(partner).toMatchObject({
    bank_account: { iban: '****9G68', bic: '****ESMS' },
    details: { rating: 5 },
  })
  expect(JSON.stringify(partner)).not.toMatch(/127390003046|BNPA|2022-05-01/)
})

test('a partner of the network is shown so too', async () => {
  const client = answering({ ...documented('networkPartners.create.ok'), ...account })
  const input = partnerInputs['networkPartners.create']
  const partner = await mybeezboxNetworkPartners['networkPartners.create'](client, input)
  expect(partner).toMatchObject({ state: 'network', source_id: 'sourceID', partner_tags: [], details: {} })
  expect(JSON.stringify(partner)).not.toMatch(/127390003046|BNPA|2022-05-01/)
})

test.each([
  ['a', 'bus', 'active', 'business'],
  ['i', 'ind', 'inactive', 'individual'],
  ['t', 'sol', 'test', 'sole_trader'],
  ['n', 'org', 'network', 'organisation'],
  ['x', 'llc', 'other', 'other'],
])('the letters %s and %s are %s and %s', async (status, company_type, state, company) => {
  const client = answering({ ...documented('partners.create.ok'), status, company_type })
  const partner = await mybeezboxPartners['partners.create'](client, partnerInputs['partners.create'])
  expect(partner).toMatchObject({
    state,
    provider_state: status,
    company_type: company,
    provider_company_type: company_type,
  })
})

test.each([
  ['ok', 'validated'],
  ['error', 'not_validated'],
  ['pending', 'other'],
])('a KYC level of %s is %s', async (status, state) => {
  const client = answering({ ...documented('kyc.level.ok'), status })
  const level = await mybeezboxKyc['kyc.level'](client, partnerInputs['kyc.level'])
  expect(level).toMatchObject({ state, provider_state: status })
})

test('a document of a type that nobody has documented is another', async () => {
  const client = answering({ ...documented('kyc.pushDocument.ok'), document_type: 'TAX_RETURN' })
  const input = partnerInputs['kyc.pushDocument']
  const document = await mybeezboxKyc['kyc.pushDocument'](client, input)
  expect(document).toMatchObject({ type: 'other', provider_type: 'TAX_RETURN' })
})
