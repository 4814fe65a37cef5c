import type { OperationName } from '#providers/port/index'

/** What an operation brings into being, in the words of the mappings; null where it changes something. */
export function madeBy(operation: OperationName): string | null {
  const [, nouns] = /^(\w+)\.create$/.exec(operation) ?? []
  if (nouns === undefined) return null
  return nouns
    .replace(/(?<=[^aeiou])ies$/, 'y')
    .replace(/s$/, '')
    .replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
