import { fileURLToPath } from 'node:url'

const picture = {
  path: fileURLToPath(new URL('../providers/fixtures/pixel.png', import.meta.url)),
  filename: 'meter.png',
  contentType: 'image/png',
}

/** A meter with everything that can be told of one. */
export const meterReading = {
  type: 'electricity' as const,
  reading: 299,
  reading_2: 117,
  read_on: '2021-06-20',
  image: picture,
}

export const postalBill = { notes: 'Tenant note', file: { ...picture, filename: 'bill.png' } }
