import { z } from 'zod'
import { PageQuery } from '#simulators/homebox/dialect'
import { PER_PAGE } from '#simulators/homebox/orders'

/** A file of a form, as the wire hands it over. */
export const FileField = z.object(
  {
    filename: z.string(),
    content_type: z.string(),
    bytes: z.int().min(1, { error: 'The :attribute field must be a file.' }),
    sha256: z.string(),
  },
  { error: 'The :attribute field must be a file.' },
)
export type FileField = z.output<typeof FileField>

/** Under which a file is kept: nothing of the name that it came with but its extension. */
export function storedName({ filename, sha256 }: FileField): string {
  return `${sha256.slice(0, 40)}.${filename.split('.').at(-1) ?? 'bin'}`
}

/** Chapters "Meter Readings" and "Postal Bills": `limit` and `page` in the query. */
export const LimitedPageQuery = PageQuery.extend({
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .default(String(PER_PAGE))
    .transform(Number),
})

/** A page of rows, newest first. Their samples count nothing. */
export function pageOf<T>(rows: readonly T[], { page, limit }: z.output<typeof LimitedPageQuery>): T[] {
  return rows.toReversed().slice((page - 1) * limit, page * limit)
}
