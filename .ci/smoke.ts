import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type ServiceProcess, spawnService } from '#test/service-process'
import { demand, freePort } from './checks.ts'
import { differences, readExample } from './readme-example.ts'

/** What a person does with the README: `npm start`, its curl, Ctrl-C, and the same again with the data kept. */

const Quote = z.looseObject({ id: z.string() })
const KEY_LINE = 'API key, shown only this once'

/** Looks to npm like a fresh checkout, so that the README's own `.billbridge` is made here and not in the real one. */
function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'billbridge-smoke-'))
  for (const name of ['package.json', 'node_modules', 'src', 'prisma', 'docs'])
    symlinkSync(join(process.cwd(), name), join(folder, name))
  return folder
}

async function started(folder: string, port: number): Promise<ServiceProcess> {
  const from = performance.now()
  const env = { PORT: String(port), HOME: process.env['HOME'] ?? folder }
  const service = spawnService('npm', ['start'], { cwd: folder, env })
  running.push(service)
  const url = await service.address()
  const { status } = await fetch(`${url}/health/ready`)
  demand(status === 200, `npm start is ready after ${Math.round(performance.now() - from)} ms`)
  return service
}

const running: ServiceProcess[] = []
const folder = freshFolder()
try {
  const port = await freePort()
  const example = readExample('README.md')
  const command = example.command.replaceAll(':3000', `:${port}`)
  demand(command !== example.command, 'the README’s curl asks the default port')

  const first = await started(folder, port)
  demand(
    first.stdout.some(line => line.includes(KEY_LINE)),
    'the first start prints a key',
  )
  const answer: unknown = JSON.parse(execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }))
  const differing = differences(example.answer, answer)
  demand(differing.length === 0, ['the README’s curl gives the answer it shows', ...differing].join('\n'))
  demand((await first.end('SIGTERM')) === 0, 'SIGTERM ends npm start with exit code 0')

  const second = await started(folder, port)
  demand(!second.stdout.some(line => line.includes(KEY_LINE)), 'the second start prints no key')
  const reading = command
    .replace('/v1/quotes', `/v1/quotes/${Quote.parse(answer).id}`)
    .replace(/\s-d .*$/s, '')
  const kept: unknown = JSON.parse(execFileSync('sh', ['-c', reading], { cwd: folder, encoding: 'utf8' }))
  demand(isDeepStrictEqual(kept, answer), 'the second start has kept the quote')
  demand((await second.end('SIGTERM')) === 0, 'SIGTERM ends it with exit code 0 again')
} catch (err) {
  process.stderr.write(`${err instanceof Error ? err.message : String(err)}\n`)
  process.exitCode = 1
} finally {
  for (const service of running) await service.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
