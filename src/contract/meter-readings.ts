import { z } from 'zod'
import { UploadedFile } from '#contract/uploads'
import { absentable, Mode, PlainDate, ProviderId } from '#contract/vocabulary'

const meters = ['electricity', 'gas', 'water'] as const
export const meterTypes = [...meters, 'other'] as const
export const readingStates = ['complete', 'other'] as const

/** A form knows texts only. */
const Count = z.preprocess(
  given => (typeof given === 'string' && /^-?\d{1,15}$/.test(given) ? Number(given) : given),
  z.int().min(1).max(999_999_999),
)

export const MeterReadingRequest = z
  .strictObject({
    type: z.enum(meters),
    reading: Count.meta({ description: 'A whole number greater than 0.', examples: [299] }),
    reading_2: absentable(Count).meta({
      description: 'Only for electricity, and only of an Economy 7 meter: its second figure.',
    }),
    read_on: PlainDate,
    image: absentable(UploadedFile).meta({
      description: 'A picture of the meter: JPEG, PNG or HEIC. Only as multipart/form-data.',
    }),
  })
  .refine(({ type, reading_2 }) => type === 'electricity' || (reading_2 ?? null) === null, {
    path: ['reading_2'],
    error: 'goes with electricity only',
    params: { code: 'conflicting' },
  })
  .meta({
    id: 'MeterReadingRequest',
    description: 'A meter as it was read, with a picture of it or without.',
    examples: [{ type: 'gas', reading: 299, read_on: '2026-06-20' }],
  })
export type MeterReadingRequest = z.output<typeof MeterReadingRequest>

export const MeterReading = z
  .object({
    id: z.string().meta({ description: "The provider's own id.", examples: ['3'] }),
    object: z.literal('meter_reading'),
    mode: Mode,
    provider: ProviderId,
    type: z.enum(meterTypes),
    provider_type: z.string().nullable().meta({ description: 'The word of the provider, verbatim.' }),
    reading: z.int().nullable(),
    reading_2: z.int().nullable(),
    read_on: z.string().nullable(),
    state: z
      .enum(readingStates)
      .meta({ description: '`other`: a state that is not documented; see `provider_state`.' }),
    provider_state: z.string().nullable().meta({ description: 'The word of the provider, verbatim.' }),
    image_url: z.string().nullable().meta({ description: 'Where its picture is, as the provider says.' }),
    supplier: z.string().nullable(),
  })
  .meta({ id: 'MeterReading', description: 'A meter as it was read.' })
export type MeterReading = z.infer<typeof MeterReading>
