/** The beginnings of files of each kind, as the programs that make them write them. */
const HEADS = {
  jpeg: Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  png: Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001', 'hex'),
  heic: Buffer.from('\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic', 'latin1'),
  heif: Buffer.from('\u0000\u0000\u0000\u0018ftypmif1\u0000\u0000\u0000\u0000mif1heic', 'latin1'),
  pdf: Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<< >>\nendobj\n', 'latin1'),
  gif: Buffer.from('GIF89a\u0001\u0000\u0001\u0000', 'latin1'),
  text: Buffer.from('Meter reading: 299\n'),
} as const

/** A file of a kind, filled up to `bytes` with what does not repeat within a line of it. */
export function sampleFile(kind: keyof typeof HEADS, bytes = 2_000): Buffer {
  const head = HEADS[kind]
  const filling = Buffer.alloc(Math.max(0, bytes - head.length), '\r\n--filling 0123456789 ')
  return Buffer.concat([head, filling])
}
