/** Neither in the middle of another address nor of a longer number. */
function whole(text: string): string {
  return `(?<![\\w.%+-])${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-]|\\.\\w)`
}

/** How a text is known to name somebody. */
export interface Naming {
  readonly byEmail: RegExp
  /** Null where it does not count: a couple may share a phone. */
  readonly byPhone: RegExp | null
}

interface Known {
  readonly email: string
  readonly tenants: readonly { readonly shown: { readonly phone: string | null } }[]
}

/** By the e-mail address, in any case. */
export function namedByEmail({ email }: Pick<Known, 'email'>): Naming {
  return { byEmail: new RegExp(whole(email), 'i'), byPhone: null }
}

/** By the e-mail address, or a phone that is known of them. */
export function namedAnyhow({ email, tenants }: Known): Naming {
  const phones = tenants.flatMap(({ shown }) => shown.phone ?? [])
  const byPhone = phones.length === 0 ? null : new RegExp(phones.map(whole).join('|'))
  return { ...namedByEmail({ email }), byPhone }
}
