import type { BaselineFile } from '#providers/drift/baseline'
import type { SeenAnswer } from '#providers/drift/sampling'
import { DEEPEST, type Part, partsOf, ROOT, typeOf } from '#providers/drift/structure'

/** What stands at one path in all samples together. */
interface Seen {
  readonly types: Set<string>
  /** How many objects have it. */
  times: number
  /** Of these, how many are objects. */
  objects: number
  /** The object that it is a field of. */
  readonly parent: string | null
}

/** MyBeezBox documents these as objects and no further: what stands in them is what the caller has put there. */
const OPEN = /\.(?:customer|gifter|giftee|option|partner_tags\[\])$/

/** Paths, types and presence, all answers together, as a baseline is written. */
export function structureOf(answers: readonly unknown[]): Record<string, string> {
  const places = new Map<string, Seen>()

  function note({ path, value }: Part, parent: string | null, depth: number): void {
    const type = typeOf(value)
    const place = places.get(path) ?? { types: new Set(), times: 0, objects: 0, parent }
    places.set(path, place)
    place.types.add(type)
    place.times += 1
    if (type === 'object') place.objects += 1
    if (depth === DEEPEST || (type === 'object' && OPEN.test(path))) return
    for (const part of partsOf({ path, value })) note(part, type === 'object' ? path : null, depth + 1)
  }

  for (const answer of answers) note({ path: ROOT, value: answer }, null, 0)
  const isAlwaysThere = ({ parent, times }: Seen) =>
    parent === null || times >= (places.get(parent)?.objects ?? 0)
  return Object.fromEntries(
    [...places]
      .map(([path, seen]): [string, string] => [
        isAlwaysThere(seen) ? path : `${path}?`,
        [...seen.types].toSorted().join(' | '),
      ])
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
}

/** What these answers of one provider have in common, endpoint by endpoint. */
export function baselineOf(answers: readonly SeenAnswer[]): BaselineFile {
  const byEndpoint = [...Map.groupBy(answers, ({ endpoint }) => endpoint)]
  return Object.fromEntries(
    byEndpoint
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([endpoint, seen]) => [
        endpoint,
        {
          operations: [...new Set(seen.map(({ operation }) => operation))].toSorted(),
          answer: structureOf(seen.map(({ body }) => body)),
        },
      ]),
  )
}
