import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { partsOf } from '#simulators/core/multipart'

function encoded(parts: readonly string[]): Buffer {
  return Buffer.from([...parts.map(part => `--line\r\n${part}\r\n`), '--line--\r\n'].join(''))
}
const TYPE = 'multipart/form-data; boundary=line'

test('reads texts as they are, and files by their name, type and bytes', async () => {
  const parts = await partsOf(
    encoded([
      'content-disposition: form-data; name="reading"\r\n\r\n299',
      'content-disposition: form-data; name="image"; filename="meter.png"\r\ncontent-type: image/png\r\n\r\nabc',
    ]),
    TYPE,
  )
  const sha256 = createHash('sha256').update('abc').digest('hex')
  expect(parts).toEqual({
    reading: '299',
    image: { filename: 'meter.png', content_type: 'image/png', bytes: 3, sha256 },
  })
})

test('rejects a body that is cut off', async () => {
  const whole = encoded(['content-disposition: form-data; name="reading"\r\n\r\n299'])
  await expect(partsOf(whole.subarray(0, -10), TYPE)).rejects.toThrow()
})
