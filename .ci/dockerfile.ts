import { execFileSync } from 'node:child_process'
import { chownSync, cpSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { z } from 'zod'

/** A stage as far as it is built; the last one is the image. */
export interface Image {
  /** The folder that stands for `/`. */
  readonly root: string
  workdir: string
  user: string
  readonly env: Record<string, string>
  entrypoint: readonly string[]
  command: readonly string[]
  healthcheck: readonly string[]
}

interface Instruction {
  readonly name: string
  readonly flags: Readonly<Record<string, string>>
  readonly rest: string
}

interface Build {
  readonly folder: string
  /** The build context: files of the repository that `.dockerignore` lets through. */
  readonly context: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly stages: Map<string, Image>
  image: Image
}

type CarryOut = (build: Build, instruction: Instruction) => void

/**
 * Carries out our Dockerfile without an engine: each stage is a folder below `folder`, and commands run in it. Knows
 * the instructions that the file uses and refuses every other.
 */
export function playDockerfile(folder: string, env: NodeJS.ProcessEnv): Image {
  const image = emptyImage(folder)
  const build: Build = { folder, context: readContext(), env, stages: new Map(), image }
  for (const instruction of readInstructions('Dockerfile')) {
    const act = instructions[instruction.name]
    if (!act) throw new Error(`this player does not know ${instruction.name}`)
    act(build, instruction)
  }
  return build.image
}

function readInstructions(file: string): Instruction[] {
  const text = readFileSync(file, 'utf8')
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
  return text.split('\n').flatMap(line => {
    const [, name, given = '', rest = ''] = /^([A-Z]+)\s+((?:--\S+\s+)*)(.*)$/.exec(line) ?? []
    if (name === undefined) return []
    const flags = [...given.matchAll(/--([\w-]+)=(\S+)/g)].map(([, flag = '', value = '']) => [flag, value])
    return [{ name, flags: Object.fromEntries(flags), rest: rest.trim() }]
  })
}

function readContext(): string[] {
  const patterns = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter(line => /^[^#]/.test(line))
  // The checkout may belong to somebody else than who runs this.
  const list = ['-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', list, { encoding: 'utf8' }).trim().split('\n')
  return files.filter(path => isIncluded(path, patterns))
}

/** Of the patterns that `.dockerignore` uses (names, `*`, `!`) the last one that fits decides. */
function isIncluded(path: string, patterns: readonly string[]): boolean {
  return patterns.reduce((included, line) => {
    const pattern = line.replace(/^!/, '').replaceAll('.', '\\.').replaceAll('*', '[^/]*')
    return new RegExp(`^${pattern}(/|$)`).test(path) ? line.startsWith('!') : included
  }, true)
}

const readList = (rest: string) => z.array(z.string()).parse(JSON.parse(rest))

const instructions: Readonly<Record<string, CarryOut>> = {
  FROM: from,
  COPY: copy,
  RUN: run,
  WORKDIR: ({ image }, { rest }) => {
    image.workdir = rest
    mkdirSync(join(image.root, rest), { recursive: true })
  },
  ENV: ({ image }, { rest }) => {
    for (const [, name = '', value = ''] of rest.matchAll(/(\w+)=(\S+)/g)) image.env[name] = value
  },
  USER: ({ image }, { rest }) => {
    image.user = rest
  },
  HEALTHCHECK: ({ image }, { rest }) => {
    image.healthcheck = readList(rest.replace(/^CMD\s+/, ''))
  },
  ENTRYPOINT: ({ image }, { rest }) => {
    image.entrypoint = readList(rest)
  },
  CMD: ({ image }, { rest }) => {
    image.command = readList(rest)
  },
  LABEL: () => undefined,
  EXPOSE: () => undefined,
}

function emptyImage(root: string): Image {
  return { root, workdir: '/', user: '0:0', env: {}, entrypoint: [], command: [], healthcheck: [] }
}

function copyTree(source: string, target: string): void {
  cpSync(source, target, { recursive: true, verbatimSymlinks: true })
}

/** An image from outside is an empty folder: what it holds is on the PATH already. */
function from(build: Build, { rest }: Instruction): void {
  const [base = '', , name = 'image'] = rest.split(/\s+/)
  const parent = build.stages.get(base)
  const root = join(build.folder, name)
  build.image = parent ? { ...parent, root, env: { ...parent.env } } : emptyImage(root)
  build.stages.set(name, build.image)
  if (parent) copyTree(parent.root, root)
  else mkdirSync(root)
}

function copy({ image, stages, context }: Build, { flags, rest }: Instruction): void {
  const sources = rest.split(/\s+/)
  const target = sources.pop() ?? ''
  const stage = stages.get(flags['from'] ?? '')
  for (const source of sources) {
    const name = target.endsWith('/') ? join(target, posix.basename(source)) : target
    const to = join(image.root, posix.resolve(image.workdir, name))
    if (stage) copyTree(join(stage.root, source), to)
    else copyFromContext(context, source, to)
    if (flags['chown'] !== undefined) own(to, flags['chown'])
  }
}

function copyFromContext(context: readonly string[], source: string, target: string): void {
  const found = context.filter(path => path === source || path.startsWith(`${source}/`))
  if (found.length === 0) throw new Error(`COPY ${source}: not in the build context`)
  for (const path of found) {
    const to = join(target, path.slice(source.length))
    mkdirSync(dirname(to), { recursive: true })
    cpSync(path, to)
  }
}

/** Only root can give a file away; for anybody else it is theirs already. */
function own(path: string, owner: string): void {
  const [uid = 0, gid = 0] = owner.split(':').map(Number)
  if (process.getuid?.() === 0) chownSync(path, uid, gid)
}

/** Only root can run as somebody else. */
function identityOf(user: string): { uid?: number; gid?: number } {
  const [uid = 0, gid = 0] = user.split(':').map(Number)
  return process.getuid?.() === 0 ? { uid, gid } : {}
}

function run({ image, env }: Build, { rest }: Instruction): void {
  process.stdout.write(`RUN ${rest}\n`)
  const cwd = join(image.root, image.workdir)
  execFileSync('sh', ['-ec', rest], {
    cwd,
    ...identityOf(image.user),
    env: { ...env, ...image.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}
