import type { Entry } from '#journal/entry'
import type { Look } from '#journal/lookup'
import { takenAmong } from '#mappings/taken'
import type { Input, OperationName } from '#providers/port/index'

/** Something at the provider that the lost object may be. */
export interface Candidate {
  readonly id: string
  /** Whether everything that tells it from others agrees, and could be compared. */
  readonly sure: boolean
}

/** What candidates say: the one that it is, that there is none, or words for the person who has to decide. */
export type Weighed<C> =
  | { readonly seen: 'it'; readonly candidate: C }
  | { readonly seen: 'nothing' }
  | { readonly seen: 'doubt'; readonly hint: string; readonly likely: readonly string[] }

/**
 * Weighs what a list has shown. Only one candidate that is sure, is nothing else's, and that no other unsettled
 * operation of ours may have made, is proof. `kind` is the provider's kind of object, as the mappings call it.
 */
export async function weigh<K extends OperationName, C extends Candidate>(
  look: Look<K>,
  {
    kind,
    candidates,
    isRival,
    alsoOurs = [],
  }: {
    kind: string
    candidates: readonly C[]
    /** What it may be mapped to already beside the operation's own resource: UUIDs. */
    alsoOurs?: readonly string[]
    /** Whether another operation that was to send this may have made the same. */
    isRival: (input: Input<K>) => boolean
  },
): Promise<Weighed<C>> {
  if (candidates.length === 0) return { seen: 'nothing' }
  const { connectionId, resource, subject } = look.entry
  // In this order: whoever is no rival any more has mapped what it made.
  const rivals = (await look.rivals()).filter(isRival)
  const ids = candidates.map(({ id }) => id)
  const ours = [resource.uuid, ...(subject ? [subject.uuid] : []), ...alsoOurs]
  const taken = await takenAmong(look.sql, { connectionId, kind, ids, ours })
  const free = candidates.filter(({ id }) => !taken.has(id))
  const [candidate, ...others] = free
  if (!candidate) return { seen: 'nothing' }
  const likely = free.filter(({ sure }) => sure).map(({ id }) => id)
  const doubt = (hint: string) => ({ seen: 'doubt', hint, likely }) as const
  const named = `${kind} ${free.map(({ id }) => id).join(', ')}`
  if (others.length > 0) return doubt(`The provider has more than one that it may be: ${named}.`)
  if (rivals.length > 0)
    return doubt(`The provider has ${named}, which another operation that is not settled may have made.`)
  if (!candidate.sure)
    return doubt(`The provider has ${named}, which it may be; there is not enough to compare to be sure.`)
  return { seen: 'it', candidate }
}

/** Further apart the clocks of a provider and ours are not taken to be. */
const WORST_CLOCK_MS = 600_000
/** What clocks that are kept well may differ by, whole seconds included. */
const USUAL_CLOCK_MS = 5_000

/** From when on something at the provider may stem from this operation, RFC 3339: what is older is nothing of it. */
export function notBefore({ createdAt }: Pick<Entry, 'createdAt'>): string {
  return new Date(createdAt.getTime() - WORST_CLOCK_MS).toISOString()
}

/** Whether something was made at the provider after we had set out to make it. `at`: RFC 3339, null where it is not told. */
export function isMadeSince({ createdAt }: Pick<Entry, 'createdAt'>, at: string | null): boolean {
  return at !== null && Date.parse(at) >= createdAt.getTime() - USUAL_CLOCK_MS
}
