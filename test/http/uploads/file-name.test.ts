import { expect, test } from 'vitest'
import { cleanFileName } from '#http/uploads/file-name'

test.each([
  ['meter.jpg', 'meter.jpg'],
  ['meter.JPEG', 'meter.jpg'],
  ['no extension', 'no extension.jpg'],
  ['gas.bill.2026.png', 'gas.bill.2026.jpg'],
  ['../../etc/passwd', 'passwd.jpg'],
  ['C:\\Users\\me\\meter.jpg', 'meter.jpg'],
  ['line\r\nContent-Type: text.jpg', 'line Content-Type text.jpg'],
  ['nul\u0000\u202e.jpg', 'nul.jpg'],
  ['..hidden.jpg', 'hidden.jpg'],
  ['a"b\'c;d.jpg', 'abcd.jpg'],
  ['Ablesung Küche.jpg', 'Ablesung Küche.jpg'],
  ['.jpg', 'upload.jpg'],
  ['', 'upload.jpg'],
  [undefined, 'upload.jpg'],
])('the file name %j is passed on as %j', (given, kept) => {
  expect(cleanFileName(given, 'jpg')).toBe(kept)
})

test('a long file name is cut between characters, not within one', () => {
  expect(cleanFileName(`${'😀'.repeat(200)}.jpg`, 'jpg')).toBe(`${'😀'.repeat(80)}.jpg`)
})
