import { createHash, randomInt } from 'node:crypto'
import type { Mode } from '#contract/vocabulary'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 43 characters of 62 carry 256 bits. */
const LENGTH = 43
const FORMAT = /^bb_(test|live)_[A-Za-z0-9]{32,128}$/

/** A new bearer key. It is shown once and never stored. */
export function makeApiKey(mode: Mode): string {
  const random = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return `bb_${mode}_${random}`
}

export function looksLikeApiKey(text: string): boolean {
  return FORMAT.test(text)
}

/** What is stored of a key. A plain hash is enough: nobody can guess 190 bits of randomness. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

/** First and last characters, to tell keys apart in a list. */
export function hintOf(key: string): string {
  return `${key.slice(0, 11)}…${key.slice(-4)}`
}
