import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newTemporaryPath, removeForgottenUploads } from '#http/uploads/temporary-files'

const NOW = new Date('2026-08-01T12:00:00Z')
const HOUR = 60 * 60_000
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'billbridge-test-'))
  vi.stubEnv('TMPDIR', directory)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})

function writtenAt(path: string, age: number): string {
  writeFileSync(path, 'x')
  const at = new Date(NOW.getTime() - age)
  utimesSync(path, at, at)
  return path
}

test('what a killed process left behind is removed, and nothing else', async () => {
  const forgotten = writtenAt(newTemporaryPath(), HOUR)
  const underWay = writtenAt(newTemporaryPath(), HOUR - 1_000)
  const foreign = writtenAt(join(directory, 'somebody-elses'), 5 * HOUR)
  expect(await removeForgottenUploads(NOW)).toBe(1)
  expect([forgotten, underWay, foreign].map(path => existsSync(path))).toEqual([false, true, true])
})
