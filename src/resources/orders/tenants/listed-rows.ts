import { z } from 'zod'
import type { RunResult } from '#providers/run'

/** Ours in the order of the provider's list; those that are not listed come last, as they were. */
export function inOrderOf<T extends { readonly provider_ids: readonly string[] }>(
  listed: readonly { readonly id: string }[],
  ours: readonly T[],
): T[] {
  const places = new Map(listed.map(({ id }, index) => [id, index]))
  const placeOf = ({ provider_ids }: T) =>
    Math.min(listed.length, ...provider_ids.map(id => places.get(id) ?? listed.length))
  return ours.toSorted((one, other) => placeOf(one) - placeOf(other))
}

const Envelope = z.record(z.string(), z.unknown())
const Row = z.looseObject({ id: z.union([z.string(), z.number()]) })

/** What a list that was read says of one of its rows, whatever its envelope is called; null when it names none of them. */
export function payloadOf(
  read: Pick<RunResult<unknown>, 'payload'> | null,
  ids: readonly string[],
): RunResult<unknown>['payload'] {
  const payload = read?.payload ?? null
  const envelope = Envelope.safeParse(payload?.data)
  if (payload === null || !envelope.success) return null
  const rows: unknown[] = Object.values(envelope.data).flatMap(value => (Array.isArray(value) ? value : []))
  const data = rows.find(row => ids.includes(String(Row.safeParse(row).data?.id)))
  return data === undefined ? null : { ...payload, data }
}
