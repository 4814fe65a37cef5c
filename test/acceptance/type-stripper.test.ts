import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { spawnService } from '#test/service-process'

const STRIPPER = 'NativeModule internal/deps/amaro/dist/index'
const TELLS = `process.on('exit', () => console.log(JSON.stringify(process.moduleLoadList)))`

/** What of Node itself a start had loaded by the time that its configuration was refused. */
async function loadedBy(entry: string): Promise<string> {
  const path = fileURLToPath(new URL(`../../src/${entry}`, import.meta.url))
  const args = ['--import', `data:text/javascript,${encodeURIComponent(TELLS)}`, path]
  const started = spawnService(process.execPath, args, { env: { PORT: 'none' } })
  expect([await started.ended, started.stderr]).toEqual([1, [expect.stringContaining('PORT must be')]])
  return started.stdout.join('\n')
}

test('a start that finds everything compiled does without the 30 MB of Node’s type stripper', async () => {
  await loadedBy('main.js')
  const loaded = await loadedBy('main.js')
  expect(loaded).toContain('NativeModule internal/modules/')
  expect(loaded).not.toContain(STRIPPER)
})
