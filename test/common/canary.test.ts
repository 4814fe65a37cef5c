import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults, isFaultName } from '#simulators/core/faults'
import { bank, type Canaries, heardIn, password, person } from '#test/canaries'
import { type Heard, sing } from '#test/canary-traffic'
import { cellsOf } from '#test/database-cells'
import { startTestGateway, TEST_ENCRYPTION_KEY, type TestGateway } from '#test/gateway'

const PROVIDER_TIMEOUT_MS = '200'
/** The objects that the contract has show people to whoever asks for them. */
const SHOWS_PEOPLE = ['order', 'lead', 'tenant', 'invite', 'mandate', 'preview']
/** The columns that hold people, and nothing else does. */
const HOLDS_PEOPLE =
  /^(tenants\.(first_name|last_name|email|phone|date_of_birth|nationality|billing_address)|invites\.(first_name|last_name|phone))$/

let gateway: TestGateway
const answers: Heard[] = []
const logs: string[] = []

/** A gateway of its own for each fault, so that no circuit opens and keeps the next one from being tried. */
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS } })
  const { database, simulators, key } = gateway
  const environment = { PROVIDER_TIMEOUT_MS, BILLBRIDGE_API_KEY: key }
  answers.push(...(await sing(gateway.api, null)))
  for (const fault of Object.keys(faults).filter(isFaultName)) {
    const next = await startTestGateway({ database, simulators, environment })
    answers.push(...(await sing(next.api, fault)))
    await next.close()
    logs.push(...next.logs)
  }
  logs.push(...gateway.logs)
}, 120_000)
afterAll(() => gateway.close())

/** Keys, credentials and tokens. */
function secrets(): Canaries {
  const { homebox, housr, one_utility_bill } = gateway.simulators
  const given = [homebox, housr, one_utility_bill].flatMap(({ name, credentials }) =>
    Object.entries(credentials).map(([field, value]) => [`${name} ${field}`, value] as const),
  )
  const tokens = one_utility_bill
    .requests()
    .flatMap(({ headers }) => headers.authorization?.split(' ')[1] ?? [])
    .map((token, index) => [`token ${index}`, token] as const)
  const ours = { 'our key': gateway.key, 'encryption key': TEST_ENCRYPTION_KEY }
  return { ...ours, ...Object.fromEntries([...given, ...new Map(tokens)]) }
}

function objectsIn(body: Heard['body']): string[] {
  return body.object === 'list' ? body.data.map((item: { object: string }) => item.object) : [body.object]
}

function showsPeople({ status, body }: Heard): boolean {
  return status < 300 && objectsIn(body).every(object => SHOWS_PEOPLE.includes(object))
}

function placesOf(heard: readonly Heard[], canaries: Canaries): string[] {
  return heard.flatMap(({ route, status, text, headers }) => {
    const names = heardIn(`${text}\n${JSON.stringify(headers)}`, canaries)
    return names.map(name => `${name} in ${status} of ${route}`)
  })
}

describe('what must be heard nowhere', () => {
  test('was told to the providers, and told by them', () => {
    const { homebox, housr, one_utility_bill } = gateway.simulators
    const told = JSON.stringify([homebox, housr, one_utility_bill].map(provider => provider.requests()))
    const sent = { ...bank, ...person, ...secrets() }
    const unsent = Object.keys(sent).filter(name => !heardIn(told, sent).includes(name))
    expect(unsent).toEqual([
      'sort code with dashes',
      'phone with a space',
      'birth date in digits',
      'our key',
      'encryption key',
    ])
    expect(housr.count('bills-packages.create')).toBeGreaterThan(1)
  })

  test('is in no answer: bank details, secrets and what Housr says of passwords', () => {
    expect(answers.length).toBeGreaterThan(1_000)
    expect(placesOf(answers, { ...bank, ...password, ...secrets() })).toEqual([])
  })

  test('is in no answer but those that show people: who they are', () => {
    const others = answers.filter(answer => !showsPeople(answer))
    expect(others.length).toBeGreaterThan(500)
    expect(placesOf(others, person)).toEqual([])
  })

  test('is in no line of the log', () => {
    expect(logs.length).toBeGreaterThan(1_000)
    expect(heardIn(logs.join(''), { ...bank, ...person, ...password, ...secrets() })).toEqual([])
  })

  test('is in no column of the database, but for the people in theirs', async () => {
    const cells = await cellsOf(gateway.services.database.sql)
    const held = cells.filter(({ column }) => HOLDS_PEOPLE.test(column))
    expect(held.length).toBeGreaterThan(100)
    const everything = { ...bank, ...password, ...secrets() }
    const places = cells.flatMap(({ column, text }) => {
      const canaries = HOLDS_PEOPLE.test(column) ? everything : { ...everything, ...person }
      return heardIn(text, canaries).map(name => `${name} in ${column}`)
    })
    expect([...new Set(places)]).toEqual([])
  })
})
