import { z } from 'zod'
import type { Call, Endpoint } from '#simulators/core/endpoint'
import { byName, type Trigger } from '#simulators/core/magic'
import type { Collection, Store } from '#simulators/core/store'
import { notFound, read } from '#simulators/mybeezbox/dialect'

/** An object of the provider as it answers it. */
export const Row = z.record(z.string(), z.unknown())
export type Row = z.output<typeof Row>
export type Rows = Collection<Row>

/** Objects of one kind, those of the document's samples being there from the start. */
export function openRows(store: Store, name: string, samples: readonly Row[], key = 'id'): Rows {
  const rows = store.collection(name, Row)
  for (const sample of samples) {
    const id = String(sample[key])
    if (rows.get(id) === undefined) rows.put(id, sample)
  }
  return rows
}

/** The fields of an object that a section shows, and no others; null is what it does not have. */
export function shown(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map(name => [name, row[name] ?? null]))
}

/**
 * The object that a path names. Under a magic name there is a copy of the oldest one, so that reading it can fail as
 * the name says.
 */
export function rowAt(rows: Rows, { params }: Call, name = 'id'): Row {
  const key = params[name] ?? ''
  const row = rows.get(key) ?? (/^zz-/i.test(key) ? rows.all()[0] : undefined)
  if (!row) throw notFound()
  return row
}

/** Codes and ids in a path may be magic. */
export function byPath({ params }: Call): Trigger[] {
  return Object.values(params).map(byName)
}

interface Read {
  readonly operation: string
  readonly path: string
  readonly find: (call: Call) => unknown
}

/** An endpoint that gives what it finds. */
export function reads({ operation, path, find }: Read): Endpoint {
  return {
    operation,
    method: 'GET',
    path,
    effect: 'none',
    renamed: ['id', 'uuid'],
    accept: call => {
      const body = find(call)
      return { triggers: byPath(call), apply: () => ({ status: 200, body }) }
    },
  }
}

/** A kind of objects that is made, listed, read and replaced. */
export interface Kind<S extends z.ZodType> {
  /** `categories`: the operations are `categories.create` and so on. */
  readonly noun: string
  /** `/voucheroptioncategories/` */
  readonly path: string
  readonly rows: Rows
  /** The field that the rows are kept by; `id` when absent. */
  readonly key?: string
  readonly store: Store
  readonly body: S
  /** What is refused beyond the shape of the body. Throws Refusal. */
  readonly check?: (body: z.output<S>) => void
  readonly row: (id: number, body: z.output<S>) => Row
  /** The fields that the creation answers whether they were told or not. */
  readonly answers?: readonly string[]
  readonly triggers: (body: z.output<S>) => Trigger[]
}

export function createEndpoint<S extends z.ZodType>(kind: Kind<S>): Endpoint {
  return {
    operation: `${kind.noun}.create`,
    method: 'POST',
    path: kind.path,
    effect: 'kept',
    renamed: ['id', 'uuid'],
    accept: call => {
      const body = read(kind.body, call.body)
      kind.check?.(body)
      return {
        triggers: kind.triggers(body),
        apply: () => {
          const id = kind.store.nextId()
          const row = kind.row(id, body)
          kind.rows.put(String(row[kind.key ?? 'id']), row)
          return { status: 201, body: { ...shown({}, kind.answers ?? []), ...row } }
        },
      }
    },
  }
}

export function replaceEndpoint<S extends z.ZodType>(kind: Kind<S>): Endpoint {
  return {
    operation: `${kind.noun}.update`,
    method: 'PUT',
    path: `${kind.path}:id/`,
    effect: 'kept',
    renamed: ['id', 'uuid'],
    accept: call => {
      const { id } = rowAt(kind.rows, call)
      const body = read(kind.body, call.body)
      kind.check?.(body)
      return {
        triggers: kind.triggers(body),
        apply: () => {
          const row = kind.row(Number(id), body)
          kind.rows.put(Number(id), row)
          return { status: 200, body: row }
        },
      }
    },
  }
}

/** The list of a kind, whole, and one of it. */
export function readEndpoints({
  noun,
  path,
  rows,
}: Pick<Kind<z.ZodType>, 'noun' | 'path' | 'rows'>): Endpoint[] {
  return [
    reads({ operation: `${noun}.list`, path, find: () => rows.all() }),
    reads({ operation: `${noun}.get`, path: `${path}:id/`, find: call => rowAt(rows, call) }),
  ]
}
