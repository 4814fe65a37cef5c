import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const FOLDER = new URL('../../src/contract/', import.meta.url)

async function schemasOf(file: string): Promise<{ name: string; schema: z.ZodType }[]> {
  const exported: Record<string, unknown> = await import(new URL(file, FOLDER).href)
  return Object.entries(exported).flatMap(([name, schema]) =>
    schema instanceof z.ZodType ? [{ name: `${file} ${name}`, schema }] : [],
  )
}

const schemas = (await Promise.all(readdirSync(FOLDER).map(schemasOf))).flat()

/** Every schema inside a schema that carries examples, with the way to it. */
function withExamples(
  schema: unknown,
  way: string,
  seen = new Set<unknown>(),
): [string, z.ZodType, unknown][] {
  if (!(schema instanceof z.ZodType) || seen.has(schema)) return []
  seen.add(schema)
  const examples: readonly unknown[] = z.array(z.unknown()).catch([]).parse(schema.meta()?.['examples'])
  const parts = z.record(z.string(), z.unknown()).parse({ ...schema.def })
  const inner = Object.entries({ ...parts, ...(schema instanceof z.ZodObject ? schema.shape : {}) })
  return [
    ...examples.map((example): [string, z.ZodType, unknown] => [way, schema, example]),
    ...inner.flatMap(([name, part]) => withExamples(part, `${way}.${name}`, seen)),
  ]
}

const cases = schemas.flatMap(({ name, schema }) => withExamples(schema, name))

describe('the examples of the contract', () => {
  test('are there to be checked', () => {
    expect(schemas.length).toBeGreaterThan(30)
    expect(cases.length).toBeGreaterThan(15)
  })

  test.each(cases)('%s is what its own schema takes', (_way, schema, example) => {
    expect(schema.safeParse(example).error).toBeUndefined()
  })
})
