import { createContext, runInContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestGateway, type TestGateway } from '#test/gateway'

const section = z.record(z.string(), z.record(z.string(), z.unknown()))
const openapi = z.looseObject({ paths: section, components: section })

let gateway: TestGateway
let document: z.infer<typeof openapi>
/** What Swagger UI would be handed, as the browser would compute it from what the page loads. */
let handedOver: (path: readonly string[]) => z.infer<typeof openapi>

beforeAll(async () => {
  gateway = await startTestGateway()
  document = openapi.parse((await gateway.api('GET /docs/json')).body)
  const script = (await gateway.api('GET /docs/static/swagger-initializer.js')).text
  const browser = createContext({ asked: [], given: document })
  runInContext(
    `const window = {}, document = { body: {}, querySelector: () => ({ appendChild() {} }), createElement: () => ({}) }
     window.location = { href: 'http://127.0.0.1/docs' }
     const SwaggerUIStandalonePreset = {}
     const SwaggerUIBundle = config => { plugins = config.plugins; return { initOAuth() {} } }
     Object.assign(SwaggerUIBundle, { presets: {}, plugins: {} })
     ${script}
     window.onload()
     const system = { fn: { resolveSubtree: part => part } }
     Object.assign(system.fn, plugins[0](system).fn)
     show = path => JSON.stringify(system.fn.resolveSubtree(given, path))`,
    browser,
  )
  handedOver = path => openapi.parse(JSON.parse(runInContext(`show(${JSON.stringify(path)})`, browser)))
})
afterAll(() => gateway.close())

function operations(): [string, string][] {
  return Object.entries(document.paths).flatMap(([url, path]) =>
    Object.keys(path).map((method): [string, string] => [url, method]),
  )
}

function referredTo(part: unknown): Set<string> {
  return new Set(
    Array.from(JSON.stringify(part).matchAll(/"\$ref":"#\/components\/([^"]+)"/g), ([, ref]) => ref ?? ''),
  )
}

describe('what Swagger UI works through to show something', () => {
  test('is one operation, whole, and each component that it refers to, at any depth', () => {
    expect(operations().length).toBeGreaterThan(100)
    for (const [url, method] of operations()) {
      const part = handedOver(['paths', url, method])
      expect(part.paths).toEqual({ [url]: { [method]: document.paths[url]?.[method] } })
      const held = Object.entries(part.components).flatMap(([kind, named]) =>
        Object.keys(named).map(name => `${kind}/${name}`),
      )
      expect(new Set(held)).toEqual(referredTo(part).add('securitySchemes/key'))
      for (const [kind, named] of Object.entries(part.components)) {
        for (const [name, component] of Object.entries(named)) {
          expect(component).toEqual(document.components[kind]?.[name])
        }
      }
    }
  })

  test('is no operation and no schema for the page itself', () => {
    const part = handedOver(['components', 'securitySchemes'])
    expect(part).toEqual({
      ...document,
      paths: {},
      components: { securitySchemes: document.components['securitySchemes'] },
    })
  })

  test('is one schema with what it refers to', () => {
    const { components } = handedOver(['components', 'schemas', 'Order'])
    expect(Object.keys(components['schemas'] ?? {})).toContain('Order')
    expect(referredTo(components)).toEqual(
      new Set(
        Object.keys(components['schemas'] ?? {})
          .filter(name => name !== 'Order')
          .map(name => `schemas/${name}`),
      ),
    )
  })
})
