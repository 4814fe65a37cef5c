import type { Logger } from 'pino'
import type { Connections } from '#connections/connections'
import type { Sql } from '#db/tx'
import type { SealedColumn } from '#db/sealed-columns'
import type { Vault } from '#db/vault'
import type { Entry } from '#journal/entry'
import { type JournaledResources, journaledOf } from '#journal/journaled'
import type { Connection } from '#providers/call-context'
import type { Input, OperationName } from '#providers/port/index'

/** Where an operation's input is sealed to, so that no other row's can stand in for it. */
export function inputContext(entryId: string): string {
  return `operations/${entryId}/input`
}

export const sealedInputs: SealedColumn = {
  table: 'operations',
  column: 'input',
  contextOf: ({ id = '' }) => inputContext(id),
}

/** The journal wrote the input itself, typed by the operation, and the vault vouches that it is unchanged. */
export function isInputOf<K extends OperationName>(_operation: K, input: unknown): input is Input<K> {
  return typeof input === 'object' && input !== null
}

/** What an operation was written down with, as far as it is still kept; null once it is wiped. */
export function openInput(vault: Vault, { id, input }: Pick<Entry, 'id' | 'input'>): unknown {
  return input === null ? null : JSON.parse(vault.open(input, inputContext(id)).toString('utf8'))
}

export interface AccessDeps {
  readonly sql: Sql
  readonly vault: Vault
  readonly connections: Pick<Connections, 'through'>
  readonly resources: JournaledResources
  readonly logger: Logger
}

/** What an operation needs to get to its provider. */
export function createAccess({ sql, vault, connections, resources, logger }: AccessDeps) {
  return {
    /** Null when the connection that it was planned for is not there any more. */
    connectionOf: (entry: Entry): Connection | null => connections.through(entry, entry.connectionId),

    /** Its input with the ids that were not known when it was planned; null when it was wiped or cannot be read. */
    async inputOf(entry: Entry): Promise<unknown> {
      if (entry.input === null) return null
      try {
        return await journaledOf(resources, entry).complete(sql, entry, openInput(vault, entry))
      } catch (err) {
        const { operation, id } = entry
        logger.error({ err, operation, operation_id: id }, 'the input of an operation cannot be read')
        return null
      }
    },
  }
}
