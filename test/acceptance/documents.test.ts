import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

function names(file: string, pattern: RegExp): string[] {
  const found = [...readFileSync(file, 'utf8').matchAll(pattern)].map(match => match[1] ?? '')
  return [...new Set(found)].toSorted()
}

/** What the service reads, by the schema of its environment. */
const read = names('src/config.ts', /^ {2}([A-Z][A-Z_]+): /gm)
/** What only the container sets, or what has no meaning in it. */
const OF_THE_IMAGE = ['BILLBRIDGE_DATA_DIR', 'HOST', 'PORT']

test('the README explains every variable that the service reads, and no other', () => {
  expect(read.length).toBeGreaterThan(20)
  const table = readFileSync('README.md', 'utf8').match(/^\| `[A-Z].*$/gm) ?? []
  const explained = table.flatMap(row =>
    [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(match => match[1]),
  )
  expect(explained.toSorted()).toEqual(read)
})

test('.env.example names every variable, and the password that Compose needs', () => {
  expect(names('.env.example', /^#?([A-Z][A-Z_]+)=/gm)).toEqual([...read, 'POSTGRES_PASSWORD'].toSorted())
})

test('Compose hands every variable to the gateway that is not of the image', () => {
  const [gateway = ''] = readFileSync('docker-compose.yml', 'utf8').split(/^ {2}postgres:$/m)
  const handed = [...gateway.matchAll(/^ {6}([A-Z][A-Z_]+):/gm)].map(match => match[1])
  expect(handed.toSorted()).toEqual(read.filter(name => !OF_THE_IMAGE.includes(name)))
})

test('no document links to a file that is not there', () => {
  const folders = ['.', 'docs', 'docs/decisions', 'docs/guides']
  const documents = folders.flatMap(folder =>
    readdirSync(folder)
      .filter(name => name.endsWith('.md'))
      .map(name => join(folder, name)),
  )
  const dead = documents.flatMap(document =>
    names(document, /\]\((?!https?:|#)([^)#\s]+)/g)
      .filter(target => !existsSync(join(dirname(document), target)))
      .map(target => `${document}: ${target}`),
  )
  expect(documents.length).toBeGreaterThan(10)
  expect(dead).toEqual([])
})
