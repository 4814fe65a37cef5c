import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type ProviderId, providerIds } from '#contract/vocabulary'

/** What is known of one path of an endpoint's answers. */
export interface Place {
  /** As it is shown: `null | string`. */
  readonly types: string
  /** The types of values; none where only null was ever seen, which tells nothing of what else may come. */
  readonly allows: ReadonlySet<string>
  /** Paths that are there whenever this object is. */
  readonly required: readonly string[]
  /** Nothing is known of what it holds: it was empty in every sample. */
  readonly isOpen: boolean
}

/** The structure of an endpoint's answers, by path. */
export type Shape = ReadonlyMap<string, Place>

/** How one provider's answers were built when this program was written. */
export interface Baseline {
  /** Null where nothing is known. Where a deployment has changed a path, the one endpoint of the operation stands for it. */
  shapeOf(operation: string, endpoint: string): Shape | null
  covers(operation: string): boolean
}

/**
 * A committed baseline: by endpoint the operations that use it, and the types at each path of its answers. A path ends
 * in `?` where it is not always there.
 */
export const BaselineFile = z.record(
  z.string(),
  z.strictObject({ operations: z.array(z.string()), answer: z.record(z.string(), z.string()) }),
)
export type BaselineFile = z.infer<typeof BaselineFile>

/** The path of what something is directly in; null for a whole answer. */
function parentOf(path: string): string | null {
  const end = path.endsWith('[]') ? path.length - 2 : path.lastIndexOf('.')
  return end < 0 ? null : path.slice(0, end)
}

export function shapeFrom(answer: BaselineFile[string]['answer']): Shape {
  const places = Object.entries(answer).map(([written, types]) => {
    const path = written.replace(/\?$/, '')
    return { path, types, parent: parentOf(path), isRequired: !/(\[\]|\*|\?)$/.test(written) }
  })
  const within = Map.groupBy(places, ({ parent }) => parent)
  return new Map(
    places.map(({ path, types }) => {
      const children = within.get(path) ?? []
      const required = children.filter(({ isRequired }) => isRequired).map(child => child.path)
      const allows = new Set(types.split(' | ').filter(type => type !== 'null'))
      return [path, { types, allows, required, isOpen: children.length === 0 }]
    }),
  )
}

export function baselineFrom(file: BaselineFile): Baseline {
  const shapes = new Map(Object.entries(file).map(([endpoint, { answer }]) => [endpoint, shapeFrom(answer)]))
  const endpointsOf = (operation: string) =>
    Object.entries(file).flatMap(([endpoint, { operations }]) =>
      operations.includes(operation) ? [endpoint] : [],
    )
  return {
    shapeOf: (operation, endpoint) => {
      const [one = '', another] = endpointsOf(operation)
      return shapes.get(endpoint) ?? (another === undefined ? shapes.get(one) : undefined) ?? null
    },
    covers: operation => endpointsOf(operation).length > 0,
  }
}

/** Where the baseline of a provider is committed. */
export function baselineUrl(provider: ProviderId): URL {
  return new URL(`../${provider.replaceAll('_', '-')}/baseline.json`, import.meta.url)
}

/** The committed baselines. Throws when one is missing or is none. */
export function readBaselines(): ReadonlyMap<ProviderId, Baseline> {
  const read = (provider: ProviderId) =>
    baselineFrom(BaselineFile.parse(JSON.parse(readFileSync(baselineUrl(provider), 'utf8'))))
  return new Map(providerIds.map(provider => [provider, read(provider)]))
}
