import { describe, expect, test } from 'vitest'
import { providerIds } from '#contract/vocabulary'
import { effects } from '#providers/port/index'
import { isOperationName } from '#providers/port/seal'
import { sealedProviders } from '#providers/registry'
import { accessTo } from '#test/conformance-access'
import type { Case } from '#test/conformance-cases'
import { allCases, isFile } from '#test/conformance-cases'
import { endingsFor, mostSent } from '#test/conformance-endings'
import { bankAccount, inputsFor } from '#test/conformance-inputs'
import { fieldsSent, leadsInto, OURS } from '#test/conformance-pointers'
import { answersDocumented, first, startProvider } from '#test/conformance-provider'
import type { OpenedProvider } from '#test/conformance-runtime'
import { openProvider, PROVIDER_MS } from '#test/conformance-runtime'
import { shapes } from '#test/conformance-shapes'
import { createManualClock } from '#test/manual-clock'
import { failureOf } from '#test/provider-runtime'
import type { Received } from '#test/upstream'
import { answersJson, startUpstream, staysSilent } from '#test/upstream'

const NOBODY_LISTENS = 'http://127.0.0.1:9'

const cases = allCases().filter(example => !isFile(example))
const takesToken = ({ provider }: Case) => accessTo[provider].tokenPath !== null
const providersWithTokens = providerIds.filter(provider => accessTo[provider].tokenPath !== null)
const oneToken = (example: Case) => (takesToken(example) ? 1 : 0)

function run({ runtime, context }: OpenedProvider, { operation, input }: Case) {
  return runtime.run(context, operation, input)
}

async function succeeds(opened: OpenedProvider, example: Case): Promise<void> {
  const { value } = await run(opened, example)
  expect(shapes[example.operation].parse(value)).toEqual(value)
}

/** What can be seen of a failure and ought not to be. */
function secretsIn(facts: object, { calls, logs }: OpenedProvider, { provider }: Case): string[] {
  const seen = [JSON.stringify(facts), JSON.stringify(calls), logs()].join('\n')
  const secrets = [...accessTo[provider].secrets, bankAccount.account_number, bankAccount.sort_code]
  return secrets.filter(secret => seen.includes(secret))
}

/** The body, a form without its boundary, which is made anew each time. */
function contentOf(request: Received | undefined): string | undefined {
  return request?.body.replaceAll(/^--billbridge-[\w-]+/gm, '--')
}

function failedCalls({ calls }: OpenedProvider): string[] {
  return calls.map(call => call.outcome).filter(outcome => outcome !== 'ok')
}

describe.each(cases)('$title', example => {
  const { provider, operation, input } = example

  test('gives what the port promises, out of the documented answer', async () => {
    const upstream = await startProvider(provider, answersDocumented(example))
    await succeeds(openProvider(provider, upstream.url), example)
    expect(upstream.asked).toHaveLength(example.answers.length)
    expect(upstream.tokens).toHaveLength(oneToken(example))
  })

  test.each(endingsFor(example))('meeting $name', async ({ behaves, told, sent }) => {
    const upstream = await startProvider(provider, behaves(example))
    const opened = openProvider(provider, upstream.url)
    const facts = await failureOf(run(opened, example))
    expect(facts).toMatchObject({ provider, operation, ...told })
    expect(facts.status).toBe(told.status)
    expect(upstream.asked).toHaveLength(sent(example))
    expect(failedCalls(opened)).toEqual(Array(sent(example)).fill(told.outcome))
    expect(secretsIn(facts, opened, example)).toEqual([])
    // A token that was refused is renewed.
    const tokens = told.status === 401 ? 2 : 1
    expect(upstream.tokens).toHaveLength(tokens * oneToken(example))
  })

  test('meeting a refusal of each field that was sent, names them as we do', async () => {
    const upstream = await startProvider(provider, (socket, request) => {
      const { status, body } = accessTo[provider].refusal(fieldsSent(request))
      return answersJson(body, status)(socket, request)
    })
    const facts = await failureOf(run(openProvider(provider, upstream.url), example))
    expect(facts).toMatchObject({ provider, operation, code: 'provider_rejected', outcome: 'refused' })
    expect(upstream.asked).toHaveLength(1)
    const { fields = [] } = facts
    expect(fields.length === 0).toBe(upstream.asked.flatMap(fieldsSent).length === 0)
    const lost = fields.filter(({ pointer }) => !leadsInto(input, pointer)).map(({ message }) => message)
    expect(lost.filter(message => !OURS.some(ours => message.includes(ours)))).toEqual([])
  })

  test('meeting a limit, is sent again once it may be', async () => {
    const tooMany = answersJson({ message: 'Too Many Attempts.' }, 429, { 'retry-after': '1' })
    const upstream = await startProvider(provider, first(tooMany, answersDocumented(example)))
    await succeeds(openProvider(provider, upstream.url), example)
    expect(upstream.asked).toHaveLength(1 + example.answers.length)
    expect(upstream.tokens).toHaveLength(oneToken(example))
  })

  test('finding nobody there, is not sent', async () => {
    const opened = openProvider(provider, NOBODY_LISTENS)
    const facts = await failureOf(run(opened, example))
    expect(facts).toMatchObject({ provider, operation, code: 'provider_unavailable', outcome: 'not_sent' })
    expect(facts.status).toBeUndefined()
    expect(failedCalls(opened)).toEqual(['not_sent', 'not_sent', 'not_sent'])
    expect(secretsIn(facts, opened, example)).toEqual([])
  })

  test('getting no answer in time', async () => {
    const clock = createManualClock()
    const upstream = await startProvider(provider, staysSilent)
    const opened = openProvider(provider, upstream.url, { clock })
    const failure = failureOf(run(opened, example))
    for (let sent = 1; sent <= mostSent(example); sent += 1) {
      await upstream.received(oneToken(example) + sent)
      await clock.advance(PROVIDER_MS)
    }
    expect(await failure).toMatchObject({ provider, operation, code: 'provider_timeout', outcome: 'unknown' })
    expect(upstream.asked).toHaveLength(mostSent(example))
    expect(upstream.tokens).toHaveLength(oneToken(example))
  })
})

describe.each(cases.filter(takesToken))('$title', example => {
  const { provider, operation } = example
  const { unauthorized } = accessTo[provider]

  test('is repeated with a new token when the first has expired', async () => {
    const expired = answersJson(unauthorized, 401)
    const upstream = await startProvider(provider, first(expired, answersDocumented(example)))
    await succeeds(openProvider(provider, upstream.url), example)
    expect([upstream.tokens.length, upstream.asked.length]).toEqual([2, 1 + example.answers.length])
    const [one, two] = upstream.asked
    expect(contentOf(two)).toBe(contentOf(one))
    expect(two?.headers['authorization']).not.toBe(one?.headers['authorization'])
  })

  test.each([
    [401, { code: 'provider_auth_failed', outcome: 'refused' }],
    [500, { code: 'provider_error', outcome: 'not_sent' }],
  ])('is not sent when the request for a token ends with %i', async (status, told) => {
    const atTokens = answersJson(unauthorized, status)
    const upstream = await startProvider(provider, answersDocumented(example), atTokens)
    const opened = openProvider(provider, upstream.url)
    const facts = await failureOf(run(opened, example))
    expect(facts).toMatchObject({ provider, operation, status, ...told })
    expect(upstream.asked).toEqual([])
    expect(secretsIn(facts, opened, example)).toEqual([])
  })
})

test.each(providersWithTokens)('%s hands out one token to all operations at once', async provider => {
  const upstream = await startProvider(provider, answersJson({}))
  const opened = openProvider(provider, upstream.url)
  const work = cases.filter(example => example.provider === provider).map(example => run(opened, example))
  await Promise.allSettled(work)
  expect(upstream.asked).toHaveLength(work.length)
  expect(upstream.tokens).toHaveLength(1)
})

test.each(providerIds)('%s is sent nothing that it does not support', async provider => {
  const upstream = await startUpstream()
  const { runtime, context } = openProvider(provider, upstream.url)
  const { supports } = sealedProviders[provider]
  const others = Object.keys(effects)
    .filter(isOperationName)
    .filter(operation => !supports.has(operation))
  for (const operation of others) {
    const input = inputsFor()[operation]
    const told = { provider, operation, code: 'capability_not_supported', outcome: 'not_sent' }
    expect(await failureOf(runtime.run(context, operation, input))).toMatchObject(told)
    expect(await failureOf(runtime.preview(context, operation, input))).toMatchObject(told)
  }
  expect(upstream.connections).toBe(0)
})
