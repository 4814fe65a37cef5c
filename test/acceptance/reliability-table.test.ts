import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const rows = [
  ...readFileSync('docs/reliability.md', 'utf8').matchAll(
    /^\| (F\d\d(?:–F\d\d)?) \|.*`([\w/.-]+)` “(.+)” \|$/gm,
  ),
].map(([, fault = '', file = '', name = '']) => ({ fault, file, name }))

test('every fault of the table names a test that is there', () => {
  const missing = rows.filter(({ file, name }) => {
    const text = readFileSync(`test/${file}`, 'utf8').replaceAll('\\', '')
    return !text.includes(name)
  })
  expect(missing).toEqual([])
})

test('no fault is left out', () => {
  const named = new Set(
    rows.flatMap(({ fault }) => {
      const [from = 0, to = from] = fault.replaceAll('F', '').split('–').map(Number)
      return Array.from({ length: to - from + 1 }, (_, index) => from + index)
    }),
  )
  expect([...named].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
})
