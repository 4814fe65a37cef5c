import { appendAudit } from '#audit/append-audit'
import type { Preview } from '#contract/providers'
import { Void, type VoidRequest } from '#contract/voids'
import type { Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { createOnce } from '#journal/create-once'
import { demandSendable, previewStep } from '#journal/preview-step'
import { prepareVoid } from '#resources/voids/prepare-void'
import { showVoid } from '#resources/voids/read-voids'
import { insertVoid, type VoidRow } from '#resources/voids/store'
import type { Services } from '#services'

/** What a void would send. Sends and stores nothing. */
export async function previewVoid(services: Services, call: Call, body: VoidRequest): Promise<Preview> {
  return previewStep(services, call, (await prepareVoid(services, call, body)).step)
}

async function writeDown(tx: Tx, call: Call, row: VoidRow): Promise<void> {
  insertVoid(tx, row)
  const resource = { prefix: 'void' as const, uuid: row.id }
  const { premium, notifications, start_date, end_date, created_at: at } = row
  const data = { premium, notifications, start_date, end_date }
  appendAudit(tx, call, { action: 'voids.created', resource, data, at })
}

/** Tells a provider that nobody lives in a house: written down first, sent once. */
export function createVoid(services: Services, call: Call, body: VoidRequest): Promise<Answer> {
  return createOnce(services, call, {
    prepare: async () => {
      const { step, row } = await prepareVoid(services, call, body)
      await demandSendable(services, call, step)
      return {
        resource: { prefix: 'void', uuid: row.id },
        step,
        writeDown: tx => writeDown(tx, call, row),
        learn: () => Promise.resolve(() => Promise.resolve()),
      }
    },
    show: async (sql, uuid) => {
      const created = await showVoid(sql, call, uuid)
      return respond(Void, created, { status: 201, headers: { location: `/v1/voids/${created.id}` } })
    },
  })
}
