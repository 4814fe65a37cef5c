import { readFileSync } from 'node:fs'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { marked } from 'marked'
import { z } from 'zod'
import { endpoint } from '#http/endpoint'
import { notFound } from '#http/problem-error'
import { showOneOperation } from '#resources/service/show-one-operation'

const ERRORS = new URL('../../../docs/errors.md', import.meta.url)
const HTML = 'text/html; charset=utf-8'

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="150" height="36"><text x="0" y="26" font-family="sans-serif" font-size="24" font-weight="700" fill="#fff">Billbridge</text></svg>`

/** The chapters of `docs/errors.md` by the code in their heading. */
function readChapters(): ReadonlyMap<string, string> {
  const chapters = readFileSync(ERRORS, 'utf8').split(/^## /m).slice(1)
  return new Map(chapters.map(chapter => [chapter.split('\n', 1)[0]?.trim() ?? '', `## ${chapter}`]))
}

function pageOf(code: string, chapter: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${code} · Billbridge</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}code{background:#f3f3f3;padding:.1em .3em}</style>
</head><body>${marked.parse(chapter, { async: false })}</body></html>`
}

/** The document and the pages that explain it; none needs a key. */
export async function documentationRoutes(app: FastifyInstance): Promise<void> {
  const chapters = readChapters()

  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    theme: { title: 'Billbridge' },
    logo: { type: 'image/svg+xml', content: Buffer.from(LOGO), href: '/docs', target: '_self' },
    uiConfig: {
      persistAuthorization: true,
      tryItOutEnabled: true,
      displayRequestDuration: true,
      // Chapters first: with every operation and schema laid out the page takes twice as long to open.
      docExpansion: 'none',
      defaultModelsExpandDepth: -1,
      plugins: [showOneOperation],
    },
  })

  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').serializer(String).send(JSON.stringify(app.swagger())),
  )

  endpoint(app, {
    method: 'GET',
    path: '/problems/{code}',
    operationId: 'getProblemPage',
    tag: 'Service',
    summary: 'Explain a problem',
    description: 'What a problem `code` means and what to do about it, for people.',
    takes: {
      params: z.strictObject({
        code: z
          .string()
          .max(64)
          .meta({ examples: ['validation_failed'] }),
      }),
    },
    answers: { 200: { description: 'A page.', schema: z.string(), contentType: 'text/html' } },
    problems: [],
    open: true,
    handle: ({ params }) => {
      const chapter = chapters.get(params.code)
      if (!chapter) throw notFound('problem')
      return { status: 200, headers: { 'content-type': HTML }, body: pageOf(params.code, chapter) }
    },
  })
}
