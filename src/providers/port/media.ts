import type { z } from 'zod'
import type { Media } from '#contract/media'
import type { Told } from '#providers/port/provider-objects'
import type { FilePart } from '#providers/port/upstream'

export type ProviderMedia = Told<z.output<typeof Media>>

/** Pictures for what is sold. */
export interface MediaOperations {
  'media.create': (draft: { name: string; file: FilePart }) => Promise<ProviderMedia>
  'media.list': (all: Record<string, never>) => Promise<readonly ProviderMedia[]>
  'media.get': (at: { id: string }) => Promise<ProviderMedia>
  /** Only of one that nothing uses yet. Pointers of its errors are relative to `changes`. */
  'media.update': (input: { id: string; changes: { name: string } }) => Promise<ProviderMedia>
}
