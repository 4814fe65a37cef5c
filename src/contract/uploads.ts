import { z } from 'zod'

/** What a file may be, told by its first bytes. */
export const fileTypes = ['image/jpeg', 'image/png', 'image/heic', 'image/heif', 'application/pdf'] as const
export type FileType = (typeof fileTypes)[number]

interface FileFacts {
  /** Where it lies until the request has been answered. */
  readonly path: string
  /** As the sender named it, without a path, with the extension of its type. */
  readonly filename: string
  readonly contentType: FileType
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

/** A file of a request, received whole and checked. Only the receiver makes one: no JSON can pass for it. */
export class ReceivedFile implements FileFacts {
  readonly path: string
  readonly filename: string
  readonly contentType: FileType
  readonly bytes: number
  readonly sha256: string

  constructor(facts: FileFacts) {
    this.path = facts.path
    this.filename = facts.filename
    this.contentType = facts.contentType
    this.bytes = facts.bytes
    this.sha256 = facts.sha256
  }
}

export const UploadedFile = z
  .instanceof(ReceivedFile, { error: 'must be a file' })
  .meta({ type: 'string', format: 'binary' })
