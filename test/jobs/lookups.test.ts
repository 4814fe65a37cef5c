import { expect, test } from 'vitest'
import { providerIds } from '#contract/vocabulary'
import { lookups } from '#jobs/lookups'
import { isOperationName } from '#providers/port/seal'
import { sealedProviders } from '#providers/registry'

test.each(providerIds)(
  'what %s declares to be found out by looking has a lookup, and nothing else does',
  id => {
    const { reconcile, findOut = {} } = sealedProviders[id]
    const named = Object.entries(reconcile)
    const looked = named.filter(([, mode]) => mode !== 'by_person').map(([operation]) => operation)
    expect(looked.filter(operation => !Object.hasOwn(lookups, operation))).toEqual([])
    const hinted = Object.keys(findOut).filter(isOperationName)
    expect(hinted.filter(operation => reconcile[operation] !== 'by_person')).toEqual([])
  },
)
