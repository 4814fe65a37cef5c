/** Source files whose mistakes would cost money or secrets, and the tests that alone must find every mutant in them. */
export interface MutationArea {
  readonly mutate: readonly string[]
  readonly testFiles: readonly string[]
}

/** What turns our words into a provider's and back. */
function mapping(provider: string, files: string): MutationArea {
  return {
    mutate: [`src/providers/${provider}/${files}.ts`],
    testFiles: [`test/providers/${provider}/*.test.ts`],
  }
}

/** Left out is what only a whole process or a real outage can show: those tests take seconds, and a mutant each. */
export const areas: Readonly<Record<string, MutationArea>> = {
  values: { mutate: ['src/values/*.ts'], testFiles: ['test/values/*.test.ts'] },
  redaction: {
    mutate: ['src/providers/redact*.ts'],
    testFiles: ['test/providers/runtime/redact*.test.ts'],
  },
  retry: {
    mutate: ['src/providers/{attempts,deadline,retry}.ts'],
    testFiles: ['test/providers/runtime/{attempts,deadline,retry}.test.ts'],
  },
  circuits: {
    mutate: ['src/providers/{circuit,circuit-state,failure-count}.ts'],
    testFiles: ['test/providers/runtime/{circuit,circuit-shared,circuit-state}.test.ts'],
  },
  windows: {
    mutate: ['src/providers/{call-window,take-part,fair-share,budget-queue,call-news,turns}.ts'],
    testFiles: ['test/providers/runtime/{budget-queue,call-window,fair-share,limiter,turns}.test.ts'],
  },
  idempotency: {
    mutate: ['src/http/idempotency/*.ts'],
    testFiles: ['test/http/idempotency/{leases,never-twice,request-key}.test.ts'],
  },
  journal: {
    mutate: ['src/journal/{look-schedule,made-by,reference,settlement}.ts'],
    testFiles: ['test/journal/{look-schedule,made-by,reference,settlement}.test.ts'],
  },
  looks: {
    mutate: ['src/journal/{candidates,entry,look,reconcile,verdict}.ts'],
    testFiles: ['test/journal/{candidates,entry,look,look-races,reconcile,settlement,verdict}.test.ts'],
  },
  sending: {
    mutate: ['src/journal/{journal,sender,settler,turn}.ts'],
    testFiles: [
      'test/journal/{again,at-once,input,lease,plan,reconcile,recovery,sender,sequence,settler,turn}.test.ts',
    ],
  },
  homebox: mapping(
    'homebox',
    '{dates,dialect,find-orders,incoming,leads,order-rows,outgoing,partner-quote,payments,prices,refusal,service-types,tenant-quote}',
  ),
  housr: mapping('housr', '*'),
  'one-utility-bill': mapping('one-utility-bill', '*'),
  mybeezbox: mapping(
    'mybeezbox',
    '{client,dialect,kyc,network-giftcards,network-partners,network-states,operations-file,partner-fields,partners,payment-answers,payment-requests,payment-writes,payments,payout-requests,refusal}',
  ),
}
