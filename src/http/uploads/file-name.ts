const LONGEST_STEM = 80

/**
 * The name under which a file is passed on: no path, no control or reserved characters, not hidden, of bounded length,
 * and with the extension that its bytes call for.
 */
export function cleanFileName(given: string | undefined, extension: string): string {
  const name = (given ?? '').normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const stem = name
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .replaceAll(/["'*:<>?|;%]/g, '')
    .replace(/^[\s.]+/, '')
  const cut = Array.from(stem).slice(0, LONGEST_STEM).join('').trim()
  return `${cut || 'upload'}.${extension}`
}
