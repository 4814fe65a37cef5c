import { MeterReading } from '#contract/meter-readings'
import { Preview } from '#contract/providers'
import { listOf } from '#contract/vocabulary'
import type { FileRules } from '#http/uploads/file-rules'
import { NOT_KNOWN } from '#resources/orders/below-order'

export const MeterReadings = listOf(MeterReading, 'A page of meter readings.')

/** The picture of a meter. */
export const PICTURE = {
  image: { types: ['image/jpeg', 'image/png', 'image/heic', 'image/heif'], required: false },
} as const satisfies FileRules

export const READING_ANSWERS = {
  200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
  201: { description: 'The reading.', schema: MeterReading },
  202: NOT_KNOWN,
}

export const HOW_TO_SEND =
  'As multipart/form-data with a picture of the meter in `image`, or as JSON without one. The picture is passed on and not kept; a reading whose outcome nobody knows is not sent again. Send an `Idempotency-Key`.'
