import type { z } from 'zod'
import type { Operation, OperationQuery, Resolution } from '#contract/operations'
import type { Page } from '#http/list'

export type OperationFilters = z.output<typeof OperationQuery>

/** The operations of the installation, wherever they are reached. */
export interface OperationsAccess extends AsyncDisposable {
  list(filters: OperationFilters): Promise<Page<Operation>>
  /** As `POST /v1/operations/{id}/resolve`. */
  resolve(id: string, resolution: Resolution): Promise<Operation>
}
