import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { type FileRules, mediaTypesOf } from '#http/uploads/file-rules'

declare module 'fastify' {
  interface FastifyInstance {
    /** The largest file that is taken. */
    readonly uploadMaxBytes: number
  }
}

/** Lets the routes of a scope take multipart/form-data, and JSON only where no file is required. */
export async function takeForms(scope: FastifyInstance, rules: FileRules): Promise<void> {
  if (!mediaTypesOf(rules).includes('application/json')) scope.removeContentTypeParser('application/json')
  // What is too large is answered with a pointer, once the whole has been read.
  await scope.register(multipart, { throwFileSizeLimit: false })
}
