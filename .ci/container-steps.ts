import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServiceProcess, spawnService } from '#test/service-process'
import { demand, freePort } from './checks.ts'
import { type Image, playDockerfile } from './dockerfile.ts'

/**
 * The Dockerfile's own commands in an empty folder, and its result run as its user in a tree that this user cannot
 * write: what can be proved of the image without a Docker engine. Needs DATABASE_URL, and proves its user as root only.
 */

/** Megabytes that the image may add to its base. */
const LARGEST = 130

const folder = mkdtempSync(join(tmpdir(), 'billbridge-image-'))
const running: ServiceProcess[] = []
try {
  chmodSync(folder, 0o755)
  // Stands for the base image: this very Node, at a place that every user can reach.
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  copyFileSync(process.execPath, join(bin, 'node'))
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` }
  const image = playDockerfile(folder, env)
  const megabytes = Number(/^\d+/.exec(execFileSync('du', ['-sm', image.root], { encoding: 'utf8' })))
  demand(megabytes <= LARGEST, `it adds ${megabytes} MB to its base, at most ${LARGEST}`)
  await prove(image, bin)
} catch (err) {
  process.stderr.write(`${err instanceof Error ? err.message : String(err)}\n`)
  process.exitCode = 1
} finally {
  for (const service of running) await service.end('SIGKILL')
  execFileSync('chmod', ['-R', 'u+w', folder])
  rmSync(folder, { recursive: true, force: true })
}

async function prove(image: Image, bin: string): Promise<void> {
  const cwd = join(image.root, image.workdir)
  if (process.getuid?.() !== 0) execFileSync('chmod', ['-R', 'a-w', cwd])
  const [uid = 0, gid = 0] = image.user.split(':').map(Number)
  const user = process.getuid?.() === 0 ? { uid, gid } : {}
  const port = await freePort()
  const key = `bb_test_${randomBytes(24).toString('hex')}`
  const env = {
    ...image.env,
    PATH: bin,
    PORT: String(port),
    DATABASE_URL: process.env['DATABASE_URL'] ?? '',
    BILLBRIDGE_DATA_DIR: join(image.root, image.env['BILLBRIDGE_DATA_DIR'] ?? ''),
    BILLBRIDGE_API_KEY: key,
    BILLBRIDGE_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  }
  const [program = '', ...args] = image.entrypoint
  const start = (command: readonly string[], different = {}) => {
    const options = { cwd, ...user, env: { ...env, ...different } }
    const service = spawnService(join(bin, program), [...args, ...command], options)
    running.push(service)
    return service
  }
  const healthcheck = () => {
    const [probe = '', ...rest] = image.healthcheck
    return spawnSync(join(bin, probe), rest, { cwd, ...user, env }).status
  }

  const write = spawnSync('/bin/sh', ['-c', ': >x; : >src/x; : >node_modules/x'], { cwd, ...user, env })
  demand(uid !== 0 && write.status !== 0, 'its user is not root and cannot write in it')
  const service = start(image.command)
  await service.address()
  const url = `http://127.0.0.1:${port}`
  demand((await fetch(`${url}/health/ready`)).status === 200, 'it starts and is ready')
  demand(healthcheck() === 0, 'its health check passes')
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const body = '{"address":{"postcode":"NE1 2QB"},"occupants":4,"tenancy":{"start_date":"2027-09-01"}}'
  const quoted = await fetch(`${url}/v1/quotes`, { method: 'POST', headers, body })
  demand(quoted.status === 201, 'it answers a quote')
  demand((await fetch(`${url}/problems/not_found`)).status === 200, 'it explains a problem')
  demand((await service.end('SIGTERM')) === 0, 'SIGTERM ends it with exit code 0')
  demand(healthcheck() === 1, 'its health check fails once it is gone')

  const migrated = start(['migrate'])
  demand(
    (await migrated.ended) === 0 && migrated.stdout[0] === 'nothing to do',
    'migrate finds nothing to do',
  )
  const without = start(image.command, { DATABASE_URL: '' })
  demand((await without.ended) === 1, 'without DATABASE_URL it ends with 1')
  demand(
    /^billbridge: .*Set DATABASE_URL/.test(without.stderr.join('\n')),
    'and says in one line what to set',
  )
}
