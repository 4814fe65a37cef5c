/** What of an answer of the contract a provider tells; the rest is ours. */
export type Told<T> = Omit<T, 'object' | 'mode' | 'provider' | 'metadata' | 'provider_data'>
/** What of a request a provider is told. */
export type Asked<T> = Omit<T, 'metadata'>
