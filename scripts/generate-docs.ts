import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type ProviderId, providerIds } from '#contract/vocabulary'
import type { ReconcileMode } from '#providers/port/index'
import { effectOf, isOperationName } from '#providers/port/seal'
import { capabilitiesOf, matrix, sealedProviders } from '#providers/registry'
import { documentedEndpoints } from '#test/documented-endpoints'

const FILE = 'docs/providers.md'
const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const SETTLED: Readonly<Record<ReconcileMode, string>> = {
  by_reference: 'by finding the object that carries our reference',
  by_scan: 'by reading its list',
  by_person: 'by a person',
}
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
const Operation = z.looseObject({
  'x-operation': z.string(),
  'x-also-operations': z.array(z.string()).default([]),
})

const { values } = parseArgs({ options: { check: { type: 'boolean' } } })
const documented = documentedEndpoints()
const text = providersPage()
if (values.check !== true) writeFileSync(FILE, text)
else if (readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write(`${FILE} is not what the code says: run npm run docs\n`)
  process.exitCode = 1
}

function providersPage(): string {
  return `<!-- Written by npm run docs. Change the adapters, not this page. -->
# Providers

What each provider can do here, and through which of its endpoints. \`GET /v1/providers\` says the same of a running
service, with the state of each connection. An operation is *repeatable* when it may be sent again whatever became of it,
and *unsafe* when it is never sent again once it may have been received. Every endpoint of the providers' documents is named;
where no path of ours is, the gateway turns to it by itself.

${capabilityTable()}
${providerIds.map(providerChapter).join('\n')}`
}

function capabilityTable(): string {
  const operations = [
    ...new Set(matrix().flatMap(row => row.capabilities.map(({ operation }) => operation))),
  ].filter(isOperationName)
  const names = providerIds.map(id => sealedProviders[id].name)
  const rows = operations
    .toSorted()
    .map(operation => [
      code(operation),
      effectOf(operation),
      ...providerIds.map(id => (sealedProviders[id].supports.has(operation) ? 'yes' : '')),
    ])
  return table(['operation', 'effect', ...names], rows)
}

function providerChapter(id: ProviderId): string {
  const rows = documented[id].map(({ request, operations, chapter }) => [
    code(request),
    operations.map(operation => (isOperationName(operation) ? code(operation) : usedFor(request))).join(', '),
    [...new Set(operations.flatMap(ourPaths))].map(code).join(', ') || '–',
    chapter,
  ])
  const columns = ['its endpoint', 'operation', 'our path', 'chapter of its document']
  return `## ${sealedProviders[id].name}\n\n${table(columns, rows)}${consequences(id)}`
}

/** What the gateway does there by itself. */
function usedFor(request: string): string {
  return /\/token\/?$/.test(request) ? 'sign in' : 'verify the connection'
}

/** What the operations set off, and how their outcome is found out when the answer is lost. */
function consequences(id: ProviderId): string {
  const lines = capabilitiesOf(id).flatMap(({ operation, side_effects, reconcile }) => [
    ...side_effects.map(effect => `- ${code(operation)} ${effect}.`),
    ...(reconcile ? [`- ${code(operation)}: a lost answer is settled ${SETTLED[reconcile]}.`] : []),
  ])
  return lines.length > 0 ? `\n${lines.join('\n')}\n` : ''
}

function operationsOf(method: unknown): string[] {
  const { data } = Operation.safeParse(method)
  return data ? [data['x-operation'], ...data['x-also-operations']] : []
}

/** The endpoints of ours that run an operation, by the OpenAPI document. */
function ourPaths(operation: string): string[] {
  const { paths } = Document.parse(JSON.parse(readFileSync('openapi/billbridge.json', 'utf8')))
  return Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.filter(method => operationsOf(methods[method]).includes(operation)).map(
      method => `${method.toUpperCase()} ${path}`,
    ),
  )
}

function code(words: string): string {
  return `\`${words}\``
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => '---'), ...rows]
  return lines.map(cells => `| ${cells.join(' | ')} |\n`).join('')
}
