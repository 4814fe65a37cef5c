import type { FileType } from '#contract/uploads'

/** The files that an endpoint takes, by field. */
export type FileRules = Readonly<
  Record<string, { readonly types: readonly FileType[]; readonly required: boolean }>
>

const FORM = 'multipart/form-data'

/** How the body of an endpoint that takes these files may come: as JSON only where it can do without a file. */
export function mediaTypesOf(rules: FileRules): string[] {
  const needsFile = Object.values(rules).some(({ required }) => required)
  return needsFile ? [FORM] : [FORM, 'application/json']
}
