import { describe, expect, test } from 'vitest'
import { renderProblem, toProblem } from '#http/render-problem'
import { invalid, notFound, ProblemError } from '#http/problem-error'
import { ProviderError, type ProviderErrorFacts } from '#providers/provider-error'

const ORIGIN = 'https://bills.example.com'
const coded = (code: string, more: object = {}) => Object.assign(new Error('c4n4ry'), { code }, more)

function provider(facts: Partial<ProviderErrorFacts>): ProviderError {
  const basic = { provider: 'homebox', operation: 'orders.create', code: 'provider_error' } as const
  return new ProviderError({ ...basic, outcome: 'unknown', message: 'It broke.', ...facts })
}

describe('a problem', () => {
  test('has a type, a title, a status, a code, a detail and the request', () => {
    expect(renderProblem(notFound('quote'), 'req_1', ORIGIN)).toEqual({
      status: 404,
      headers: {},
      body: {
        type: 'https://bills.example.com/problems/not_found',
        title: 'Not found',
        status: 404,
        code: 'not_found',
        detail: 'There is no such quote.',
        request_id: 'req_1',
      },
    })
  })

  test('counts and names the fields that are wrong', () => {
    const field = (pointer: string) => ({ pointer, code: 'required', message: 'is required' })
    expect(renderProblem(invalid(field('/a')), 'r', '').body).toMatchObject({
      detail: '1 field is invalid.',
      errors: [field('/a')],
    })
    expect(renderProblem(invalid(field('/a'), field('/b')), 'r', '').body.detail).toBe(
      '2 fields are invalid.',
    )
  })

  test('says what the provider said, and whether to try again', () => {
    const err = provider({
      status: 422,
      code: 'provider_rejected',
      outcome: 'refused',
      providerMessage: 'No.',
    })
    expect(renderProblem(err, 'r', '').body).toMatchObject({
      status: 422,
      code: 'provider_rejected',
      detail: 'It broke.',
      provider: 'homebox',
      provider_status: 422,
      provider_message: 'No.',
      retryable: false,
    })
  })

  test.each([
    [{ code: 'provider_unavailable', outcome: 'not_sent' }, 503, '5'],
    [{ code: 'rate_limited', outcome: 'not_sent', retryAfterMs: 1_200 }, 429, '2'],
    [{ code: 'provider_unavailable', outcome: 'not_sent', retryAfterMs: 0 }, 503, '1'],
  ] as const)('tells how long to wait: %j', (facts, status, retryAfter) => {
    expect(renderProblem(provider(facts), 'r', '')).toMatchObject({
      status,
      headers: { 'retry-after': retryAfter },
      body: { retryable: true },
    })
  })

  test('offers the addresses that the provider offers', () => {
    const candidates = [{ address_id: '1', label: '61 Bury Old Road' }]
    const err = provider({ code: 'address_ambiguous', outcome: 'refused', candidates })
    expect(renderProblem(err, 'r', '').body).toMatchObject({ status: 422, candidates })
  })
})

describe('what is no problem of ours by itself', () => {
  test.each([
    ['an Error', new Error('c4n4ry')],
    ['a SyntaxError from our own code', new SyntaxError('c4n4ry')],
    ['a TypeError', new TypeError('c4n4ry')],
    ['a text', 'c4n4ry'],
    ['nothing', undefined],
    ['a code of nobody', coded('c4n4ry')],
    ['a statement that Postgres refuses', coded('23505', { severity: 'ERROR', detail: 'Key (c4n4ry)' })],
  ])('%s is an internal error that says nothing more', (_name, err) => {
    const { status, body } = renderProblem(err, 'r', '')
    expect(status).toBe(500)
    expect(body).toMatchObject({ code: 'internal_error', detail: 'Something went wrong on our side.' })
    expect(JSON.stringify(body)).not.toContain('c4n4ry')
  })

  test.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '53300', '08006'])(
    'a database that is away is 503, to be tried again: %s',
    code => {
      const { status, headers, body } = renderProblem(coded(code), 'r', '')
      expect({ status, headers }).toEqual({ status: 503, headers: { 'retry-after': '5' } })
      expect(body.code).toBe('service_unavailable')
      expect(JSON.stringify(body)).not.toContain('c4n4ry')
    },
  )

  test('a body that was cut off is the request and not the database', () => {
    expect(toProblem(coded('ECONNRESET', { statusCode: 400 })).code).toBe('malformed_request')
  })

  test('keeps its cause for the log', () => {
    const cause = new Error('why')
    expect(toProblem(cause).cause).toBe(cause)
    expect(toProblem(new ProblemError('not_found', 'x', { cause })).cause).toBe(cause)
  })
})
