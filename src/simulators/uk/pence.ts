/** A share of a whole number of pence, rounded half up as shops do. */
export function share(pence: number, parts: number): number {
  return Math.floor((2 * pence + parts) / (2 * parts))
}

/** `22.00`: pounds with two decimals. */
export function decimal(pence: number): string {
  return (pence / 100).toFixed(2)
}

/** `101.5`, `80.00`: pounds as Homebox writes them, a single zero at the end cut off. */
export function raggedDecimal(pence: number): string {
  const tenths = pence % 10 === 0 && pence % 100 !== 0
  return (pence / 100).toFixed(tenths ? 1 : 2)
}
