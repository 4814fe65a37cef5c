import { describe, expect, test } from 'vitest'
import { mybeezboxNetworkGiftcards as operations } from '#providers/mybeezbox/network-giftcards'
import { networkGiftcardInputs } from '#test/conformance-network-giftcards'
import { fixture } from '#test/fixture'
import { mybeezboxAnswering } from '#test/mybeezbox-client'

const code = 'NGCasdf123'
const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const json = (value: object) => ({ kind: 'json', value })
const documented = (name: string) => fixture('mybeezbox', name)
const creation = networkGiftcardInputs['networkGiftcards.create']

describe('a gift card of the network', () => {
  test('is read whole, as documented', async () => {
    const { client, sent } = mybeezboxAnswering(documented('networkGiftcards.getByCode.ok'))
    expect(await operations['networkGiftcards.getByCode'](client, { code })).toMatchObject({
      id: '1',
      code,
      state: 'paid',
      provider_state: 'paid',
      value: eur(10_000),
      remaining_value: eur(10_000),
      provider_order_uuid: '0d18sb76-3863-4bca-924e-aj3261907960',
      ordered_at: '2023-06-16T12:00:00.000Z',
      created_at: '2022-06-16T12:00:00.000Z',
      activates_at: null,
      expires_at: '2023-06-16T12:00:00.000Z',
      gifter: null,
      theme: 'Discovery',
      details: {},
    })
    expect(sent()).toEqual([{ method: 'GET', path: '/networkgiftcards_by_code/{code}/', params: { code } }])
  })

  test('is found by an e-mail address', async () => {
    const { client, sent } = mybeezboxAnswering([documented('networkGiftcards.create.ok')])
    const email = 'jane.smith@example.com'
    const found = await operations['networkGiftcards.listByEmail'](client, { email })
    expect(found).toMatchObject([{ id: '1', activates_at: '2022-06-16T12:00:00.000Z' }])
    const path = '/networkgiftcards_by_email/{email}/'
    expect(sent()).toEqual([{ method: 'GET', path, params: { email } }])
  })

  test('is made as documented', async () => {
    const { client, sent } = mybeezboxAnswering(documented('networkGiftcards.create.ok'))
    const card = await operations['networkGiftcards.create'](client, creation)
    expect(card).toMatchObject({ id: '1', code })
    const { marketplace_uuid, gifter, giftee, from_gifter } = creation
    const body = json({
      ...{ marketplace_uuid, gifter, giftee, from_gifter },
      status: 'paid',
      value: 100,
      activation_date: '2022-06-16 12:00:00.000000+00:00',
      expiration_date: '2023-06-16 12:00:00.000000+00:00',
    })
    expect(sent()).toEqual([{ method: 'POST', path: '/networkgiftcards/', body }])
  })

  test('is made without what is not given, and lasts to the millisecond', async () => {
    const { client, sent } = mybeezboxAnswering(documented('networkGiftcards.create.ok'))
    const expires_at = '2023-06-16T14:00:00.125+02:00'
    await operations['networkGiftcards.create'](client, { ...creation, expires_at, giftee: null })
    const value = sent().map(({ body }) => body)
    expect(value).toMatchObject([{ value: { expiration_date: '2023-06-16 12:00:00.125000+00:00' } }])
    expect(JSON.stringify(value)).not.toContain('giftee')
  })

  test.each([
    ['draft', 'draft'],
    ['paid', 'paid'],
    ['using', 'in_use'],
    ['cncld', 'cancelled'],
    ['test', 'test'],
  ] as const)('is made %s there when it is to be %s', async (word, state) => {
    const { client, sent } = mybeezboxAnswering({ id: 1, code, status: word })
    const card = await operations['networkGiftcards.create'](client, { ...creation, state })
    expect(card).toMatchObject({ state, provider_state: word })
    expect(sent()).toMatchObject([{ body: { value: { status: word } } }])
  })

  test.each([
    ['error', 'error'],
    ['used', 'used'],
    ['exprd', 'expired'],
    ['lost', 'other'],
    [null, 'other'],
  ])('that is %j there is %s', async (status, state) => {
    const { client } = mybeezboxAnswering({ id: 1, code, status })
    const card = await operations['networkGiftcards.getByCode'](client, { code })
    expect(card).toMatchObject({ state, provider_state: status })
  })
})

describe('a use of a gift card', () => {
  const drafts = networkGiftcardInputs
  const told = { value: 20, creation_date: '2022-06-16T12:00', freeze_payout_date: '2022-08-01T12:00' }
  const { comment, reservation_id, giftee_email } = drafts['networkGiftcards.use']
  const same = { comment, reservation_id, giftee_email, send_usage_notification_email: false }
  const request = (path: string, value: object) => [
    { method: 'POST', path, params: { code }, body: json({ ...same, ...told, ...value }) },
  ]

  test('goes out at noon, for the partner by its own number', async () => {
    const { client, sent } = mybeezboxAnswering(documented('networkGiftcards.use.ok'))
    await operations['networkGiftcards.use'](client, drafts['networkGiftcards.use'])
    expect(sent()).toEqual(request('/networkgiftcards_by_code/{code}/use/', { partner_source_id: 222 }))
  })

  test('goes out for the partner by its number there', async () => {
    const { client, sent } = mybeezboxAnswering(documented('networkGiftcards.use.ok'))
    await operations['networkGiftcards.useWithPartnerId'](client, drafts['networkGiftcards.useWithPartnerId'])
    const path = '/networkgiftcards_by_code/{code}/use_with_mybb_id/'
    expect(sent()).toEqual(request(path, { partner_id: 2 }))
  })

  test('without a day for the payout says nothing of it', async () => {
    const { client, sent } = mybeezboxAnswering(documented('networkGiftcards.use.ok'))
    const draft = { ...drafts['networkGiftcards.use'], freeze_payout_date: null }
    await operations['networkGiftcards.use'](client, draft)
    expect(JSON.stringify(sent())).not.toContain('freeze_payout_date')
  })

  test('is read whole, as documented, alone or among others', async () => {
    const shown = documented('networkGiftcards.use.ok')
    const read = {
      id: '1',
      network_gift_card_id: '1',
      partner_id: '2',
      partner_source_id: '222',
      value: eur(2_000),
      is_active: true,
      comment: 'This usage was created via API',
      reservation_id: '123-ABC',
      freeze_payout_date: '2022-06-16',
      details: {},
    }
    for (const answer of [shown, [shown]]) {
      const { client, sent } = mybeezboxAnswering(answer)
      expect(await operations['networkGiftcards.usages'](client, { code })).toEqual([read])
      const path = '/networkgiftcards_by_code/{code}/usages/'
      expect(sent()).toEqual([{ method: 'GET', path, params: { code } }])
    }
  })

  test.each([
    [{ comment: 'By mistake.' }, { comment: 'By mistake.' }],
    [{ comment: null }, {}],
    [{}, {}],
  ])('is taken back with %j', async (words, value) => {
    const { client, sent } = mybeezboxAnswering(documented('networkGiftcards.use.ok'))
    const usage = await operations['networkGiftcards.cancelUsage'](client, { id: '1', ...words })
    expect(usage).toMatchObject({ id: '1' })
    const path = '/networkgiftcardusages/{id}/cancel/'
    expect(sent()).toEqual([{ method: 'POST', path, params: { id: '1' }, body: json(value) }])
  })
})
