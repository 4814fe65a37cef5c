import type { AnswerHead, ReadRefusal, UpstreamRefusal } from '#providers/port/upstream'
import type { ProviderErrorFacts } from '#providers/provider-error'
import { redactText, storable } from '#providers/redact-text'

const MOST_FIELDS = 50
const MOST_CANDIDATES = 100
const LONGEST_LABEL = 300

type Said = Pick<ProviderErrorFacts, 'providerMessage' | 'providerRequestId' | 'fields' | 'candidates'>

function read(readRefusal: ReadRefusal, answer: AnswerHead & { body: unknown }): UpstreamRefusal {
  try {
    return readRefusal(answer)
  } catch {
    // A refusal in a shape that nobody has seen is still a refusal, only without words.
    return {}
  }
}

/** An id goes back to the provider as it came or not at all. */
function isIntact(text: string): boolean {
  return text.length > 0 && text.length <= LONGEST_LABEL && storable(text) === text
}

/** What a provider says in an answer that is no success, made fit to be shown, stored and logged. */
export function describeRefusal(
  readRefusal: ReadRefusal,
  answer: AnswerHead & { readonly body: unknown },
  secrets: readonly string[],
): Said {
  const said = read(readRefusal, answer)
  const message = redactText(said.message ?? '', secrets)
  const requestId = said.requestId?.replace(/[^\x21-\x7e]/g, '').slice(0, 128)
  const fields = said.fields
    ?.slice(0, MOST_FIELDS)
    .map(field => ({ ...field, message: redactText(field.message, secrets) }))
  const candidates = said.candidates
    ?.filter(({ address_id, label }) => isIntact(address_id) && isIntact(label))
    .slice(0, MOST_CANDIDATES)
  return {
    ...(message && { providerMessage: message }),
    ...(requestId && { providerRequestId: requestId }),
    ...(fields?.length && { fields }),
    ...(candidates?.length && { candidates }),
  }
}
