import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startLiveGateway, temporaryFolder } from '#test/live-gateway'
import { type Block, differences, idsByShown, readBlocks } from '#test/shown-answers'

const FOLDER = 'docs/guides'
const run = promisify(execFile)

/** Pastes the commands of one guide, in their order, as somebody who follows it would. */
async function follow(blocks: readonly Block[], environment: Readonly<Record<string, string>>) {
  const ids = new Map<string, string>()
  const wrong: string[] = []
  for (const [at, { language, text }] of blocks.entries()) {
    if (language !== 'sh') continue
    const command = [...ids].reduce((pasted, [shown, real]) => pasted.replaceAll(shown, real), text)
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment }
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', command], { env })
    const next = blocks[at + 1]
    if (next?.language !== 'json') continue
    const [shown, real] = [JSON.parse(next.text), JSON.parse(stdout)]
    for (const [id, itsOwn] of idsByShown(shown, real)) ids.set(id, itsOwn)
    wrong.push(...differences(shown, real).map(line => `${text.split('\n')[0]} … ${line}`))
  }
  return wrong
}

// One service for all of them, as a reader has one; a guide that wants nothing to be unknown comes first.
test('every command of the guides works, and answers what is shown', async ({ onTestFinished }) => {
  const folder = await temporaryFolder()
  onTestFinished(folder.remove)
  const gateway = await startLiveGateway(folder.path)
  const environment = { BILLBRIDGE_URL: gateway.url, BILLBRIDGE_API_KEY: gateway.key }
  const guides = readdirSync(FOLDER).filter(name => name.endsWith('.md'))
  const wrong: string[] = []
  for (const guide of guides.toSorted()) {
    const lines = await follow(readBlocks(`${FOLDER}/${guide}`), environment)
    wrong.push(...lines.map(line => `${guide}: ${line}`))
  }
  expect(wrong).toEqual([])
  expect(guides.length).toBeGreaterThan(4)
}, 60_000)
