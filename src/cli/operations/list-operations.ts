import { reachOperations } from '#cli/operations/over-http'
import type { OperationFilters } from '#cli/operations/access'
import { type Cell, ageOf, print, printJson, printTable, type Style } from '#cli/terminal'
import { configOfProcess } from '#config'
import type { ProviderId } from '#contract/vocabulary'
import type { Operation, OperationState } from '#contract/operations'

export interface ListOperationsOptions {
  readonly state: OperationState | 'all'
  readonly provider?: ProviderId
  readonly operation?: string
  readonly resource?: string
  readonly limit?: number
  readonly cursor?: string
  readonly url?: string
  readonly json?: true
}

const COLUMNS = ['id', 'age', 'state', 'provider', 'operation', 'resource', 'hint']

const STYLES: Partial<Record<OperationState, Style>> = {
  unknown: 'yellow',
  refused: 'red',
  succeeded: 'green',
}

function filtersOf(options: ListOperationsOptions): OperationFilters {
  const { state, provider, operation, resource, limit, cursor } = options
  return {
    ...(state === 'all' ? {} : { state }),
    ...(provider === undefined ? {} : { provider }),
    ...(operation === undefined ? {} : { operation }),
    ...(resource === undefined ? {} : { resource }),
    ...(limit === undefined ? {} : { limit }),
    ...(cursor === undefined ? {} : { cursor }),
  }
}

function rowOf(found: Operation, now: Date): (Cell | string)[] {
  const { id, created_at, state, provider, operation, resource, hint, error } = found
  const style = STYLES[state]
  const shown = { text: state, ...(style === undefined ? {} : { style }) }
  return [id, ageOf(created_at, now), shown, provider, operation, resource, hint ?? error?.message ?? '']
}

/** One page of operations, newest first: of the service at `url`, else of the database. */
export async function runListOperations(options: ListOperationsOptions): Promise<void> {
  const config = configOfProcess()
  await using operations = options.url
    ? reachOperations(options.url, config)
    : await (await import('#cli/operations/in-process')).openOperations(config, { send: false })
  const page = await operations.list(filtersOf(options))
  if (options.json) return printJson(page)
  if (page.data.length === 0)
    return print(options.state === 'unknown' ? 'No outcome is unknown.' : 'There is no such operation.')
  const now = new Date()
  printTable(
    COLUMNS.map(title => ({ title })),
    page.data.map(operation => rowOf(operation, now)),
  )
  if (page.next_cursor) print(`\nMore with --cursor ${page.next_cursor}`)
}
