import type { OperationName } from '#providers/port/index'

/** What comes into being by another name than its operation has. */
const OTHERS: Readonly<Partial<Record<OperationName, string | null>>> = {
  'branches.create': 'branch',
  // A house that is known already may be added, and is the same house then.
  'properties.create': null,
  'networkGiftcards.use': 'network_giftcard_usage',
  'networkGiftcards.useWithPartnerId': 'network_giftcard_usage',
}

/** What an operation brings into being, in the words of the mappings; null where it changes something. */
export function madeBy(operation: OperationName): string | null {
  const other = OTHERS[operation]
  if (other !== undefined) return other
  const [, nouns] = /^(\w+)\.create$/.exec(operation) ?? []
  if (nouns === undefined) return null
  return nouns
    .replace(/(?<=[^aeiou])ies$/, 'y')
    .replace(/s$/, '')
    .replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
