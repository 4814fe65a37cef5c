import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ShownWalk } from '#test/cli-output'
import { PROGRAM, runCli } from '#test/cli-process'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { temporaryFolder } from '#test/live-gateway'
import { seedKey } from '#test/seed'
import { spawnService } from '#test/service-process'

const Lost = z.object({ replayed: z.boolean(), calls: z.array(z.unknown()) })
const STEPS = ['address', 'quote', 'lead', 'order', 'mandates', 'lost_answer', 'resolve', 'mappings']

let gateway: TestGateway
let url: string

beforeAll(async () => {
  gateway = await startTestGateway()
  url = await gateway.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => gateway.close())

describe('against a running service', () => {
  test('every step comes out as it must, as often as it is repeated', async () => {
    for (const _repetition of [1, 2]) {
      const { code, stderr, json } = await runCli(['demo', '--json', '--url', url], {
        env: { BILLBRIDGE_API_KEY: gateway.key },
      })
      expect({ code, stderr }).toEqual({ code: 0, stderr: [] })
      const { ok, url: used, steps } = ShownWalk.parse(json())
      expect({ ok, used }).toEqual({ ok: true, used: url })
      expect(steps.map(({ step }) => step)).toEqual(STEPS)
      const lost = Lost.parse(steps[5]?.result)
      expect({ replayed: lost.replayed, calls: lost.calls.length }).toEqual({ replayed: true, calls: 1 })
    }
    expect(gateway.simulators.housr.count('bills-packages.create')).toBe(2)
    expect(gateway.simulators.homebox.count('orders.create')).toBe(2)
  })

  test('a step that fails ends it with 1 and says why', async () => {
    const { key } = await seedKey(gateway, { scopes: ['providers:read', 'addresses:read', 'quotes:write'] })
    const { code, stderr, json } = await runCli(['demo', '--json', '--url', url], {
      env: { BILLBRIDGE_API_KEY: key },
    })
    expect(code).toBe(1)
    expect(stderr).toEqual([expect.stringMatching(/^billbridge: This key lacks the scope leads:write\. /)])
    const { ok, steps } = ShownWalk.parse(json())
    expect(ok).toBe(false)
    expect(steps.map(({ step, ok }) => `${step} ${ok}`)).toEqual(['address true', 'quote true', 'lead false'])
    expect(steps[2]).toMatchObject({ result: null, error: expect.stringContaining('leads:write') })
  })

  test('a service whose providers are real is never used', async () => {
    const real = await startTestGateway({
      environment: { HOUSR_BASE_URL: 'http://127.0.0.1:1', HOUSR_API_KEY: 'key', BILLBRIDGE_SIMULATOR: 'on' },
    })
    const address = await real.app.listen({ host: '127.0.0.1', port: 0 })
    const { code, stderr, stdout } = await runCli(['demo', '--url', address], {
      env: { BILLBRIDGE_API_KEY: real.key },
    })
    await real.close()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toEqual([
      `billbridge: The demo cannot use this service: housr at ${address} is not simulated.`,
    ])
  })

  test.each([
    ['no key for it is known', {}, /: no key for http\S+ is known: set BILLBRIDGE_API_KEY\.$/],
    ['the key is not valid', { BILLBRIDGE_API_KEY: `bb_test_${'k'.repeat(43)}` }, /does not take the key: /],
  ])('it is asked for what it lacks: %s', async (_what, env, words) => {
    const { code, stderr } = await runCli(['demo', '--url', url], { env })
    expect(code).toBe(1)
    expect(stderr).toEqual([expect.stringMatching(words)])
  })

  test('one that is far away and does not answer is not replaced by one here', async () => {
    const { code, stderr } = await runCli(['demo', '--url', 'http://0.0.0.0:1'])
    expect(code).toBe(1)
    expect(stderr).toEqual(['billbridge: No service answers at http://0.0.0.0:1.'])
  })
})

describe('a service of its own', () => {
  test('is started where none runs, told in tables, and leaves nothing behind', async () => {
    const folder = await temporaryFolder()
    const env = { TMPDIR: folder.path }
    const { code, stdout, stderr } = await runCli(['demo', '--url', 'http://127.0.0.1:1'], { env })
    const leftovers = readdirSync(folder.path)
    await folder.remove()
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] })
    expect(stdout).toMatch(
      /^Billbridge at http:\/\/127\.0\.0\.1:\d+, started for this demo; all providers are sim/,
    )
    expect(stdout).toMatch(/^provider +offer +per month +per person\/month +per person\/week +included/m)
    expect(stdout).toMatch(/^homebox +\w+ +£\d+\.\d\d +£\d+\.\d\d +£\d+\.\d\d .* cheapest$/m)
    expect(stdout).toMatch(/^first +202 +unknown +no\nthe same again +202 +unknown +yes$/m)
    expect(stdout).toMatch(/^orders\.create +unknown +settled_by_person +pending$/m)
    expect(stdout).toMatch(/^All 8 steps came out as they must, in \d+\.\d s\.$/m)
    expect(leftovers).toEqual([])
  })

  test('is started beside one that was not named and cannot be used, and not left behind by Ctrl-C', async () => {
    const folder = await temporaryFolder()
    const demo = spawnService(process.execPath, [PROGRAM, 'demo'], {
      env: { PORT: new URL(url).port, BILLBRIDGE_DATA_DIR: folder.path, TMPDIR: folder.path },
    })
    await demo.line(line => line.startsWith('1. '))
    expect(demo.stdout[0]).toBe(`Not used: no key for ${url} is known: set BILLBRIDGE_API_KEY.`)
    expect(await demo.end('SIGINT')).toBe(130)
    expect(readdirSync(folder.path)).toEqual([])
    await folder.remove()
  })
})
