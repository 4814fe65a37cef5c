import type { SealedColumn } from '#db/sealed-columns'

/** Where a kept answer is sealed to. */
export function answerContext(recordId: string): string {
  return `idempotency_records/${recordId}/body`
}

export const sealedAnswers: SealedColumn = {
  table: 'idempotency_records',
  column: 'body',
  contextOf: ({ id = '' }) => answerContext(id),
}
