import { describe, expect, onTestFinished, test } from 'vitest'
import { startTestGateway } from '#test/gateway'
import { invitee, payer } from '#test/orders'
import { seedOrder } from '#test/seeded-order'
import { answersJson, startUpstream } from '#test/upstream'

/** A gateway whose Homebox says what the test tells it to say. */
async function startWithHomebox() {
  const upstream = await startUpstream()
  const gateway = await startTestGateway({
    environment: {
      HOMEBOX_BASE_URL: upstream.url,
      HOMEBOX_TOKEN: 'token-of-this-test',
      BILLBRIDGE_SIMULATOR: 'on',
    },
  })
  onTestFinished(() => gateway.close())
  return { upstream, gateway }
}

function refusal(field: string) {
  const words = 'The value has already been taken.'
  return answersJson({ message: words, errors: { [field]: [words] } }, 422)
}

describe('what Homebox refuses', () => {
  test.each([
    ['email', '/email'],
    ['phone_number', '/phone'],
    ['birthday', '/date_of_birth'],
    ['account_number', '/bank_account/account_number'],
    ['sort_code', '/bank_account/sort_code'],
    ['billing_address.line1', '/billing_address/line_1'],
  ])('of a new tenant at %s is said of %s', async (field, pointer) => {
    const { upstream, gateway } = await startWithHomebox()
    const order = await seedOrder(gateway, { providerId: '915' })
    upstream.next(refusal(field))
    const { status, body } = await gateway.api(`POST /v1/orders/${order}/tenants`, { body: payer() })
    expect([status, body.code, body.provider_status]).toEqual([422, 'provider_rejected', 422])
    expect(body.errors).toEqual([
      { pointer, code: expect.any(String), message: 'The value has already been taken.' },
    ])
  })

  test('of an invitation is said of its fields', async () => {
    const { upstream, gateway } = await startWithHomebox()
    const order = await seedOrder(gateway, { providerId: '915' })
    upstream.next(refusal('phone_number'))
    const { first_name, last_name, phone } = invitee()
    const invite = { first_name, last_name, phone }
    const { body } = await gateway.api(`POST /v1/orders/${order}/invites`, { body: invite })
    expect(body).toMatchObject({ code: 'provider_rejected', errors: [{ pointer: '/phone' }] })
  })
})

describe('an order of a branch', () => {
  test('has people invited on behalf of the branch, and everything else done on the plain path', async () => {
    const { upstream, gateway } = await startWithHomebox()
    const order = await seedOrder(gateway, { providerId: '915', branchId: '77' })
    const added = answersJson({ data: ['Tenant was successfully added to order 915'] })
    const nobody = answersJson({ data: [] })
    upstream.next(added, nobody, added, nobody)
    const { status } = await gateway.api(`POST /v1/orders/${order}/tenants`, { body: invitee() })
    await gateway.api(`POST /v1/orders/${order}/tenants`, { body: payer() })
    expect(status).toBe(201)
    expect(upstream.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/partner/child/77/order/915/invite',
      'GET /api/partner/order/915/invite',
      'POST /api/partner/order/915/tenant',
      'GET /api/partner/order/915/tenant',
    ])
  })
})
