import { readFileSync } from 'node:fs'

/** A documented answer, cut from the provider's document: `fixture('homebox', 'quotes.create.partner')`. */
export function fixture(provider: string, name: string): unknown {
  const file = new URL(`../providers/fixtures/${provider}/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}
