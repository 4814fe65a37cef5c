import { describe, expect, test } from 'vitest'
import { publicUrlMistake } from '#values/public-url'

const strict = (url: string) => publicUrlMistake(url, { allowPrivate: false })
const lenient = (url: string) => publicUrlMistake(url, { allowPrivate: true })
const DOMAIN = 'must have a domain name as host'

describe('the URL of a webhook', () => {
  test.each([
    'https://agency.example/hooks',
    'https://agency.example',
    'https://agency.example:443/hooks',
    'https://agency.example:8443/hooks?tenant=7',
    'https://höfe.example/',
    'https://127.0.0.1.agency.example/',
  ])('may be %s', url => {
    expect(strict(url)).toBeNull()
  })

  test.each([
    ['agency.example/hooks', 'must be a URL'],
    ['', 'must be a URL'],
    ['https://', 'must be a URL'],
    ['https://256.1.1.1/', 'must be a URL'],
    ['http://agency.example/', 'must be an https URL'],
    ['ftp://agency.example/', 'must be an https URL'],
    ['javascript:alert(1)', 'must be an https URL'],
    ['https://jane:secret@agency.example/', 'must not hold credentials'],
    ['https://jane@agency.example/', 'must not hold credentials'],
    ['https://:secret@agency.example/', 'must not hold credentials'],
    ['https://agency.example/#part', 'must not have a fragment'],
    ['https://agency.example:80/', 'must use port 443 or 8443'],
    ['https://agency.example:22/', 'must use port 443 or 8443'],
    ['https://agency.example:5432/', 'must use port 443 or 8443'],
    ['https://localhost/', DOMAIN],
    ['https://localhost./', DOMAIN],
    ['https://intranet/', DOMAIN],
  ])('may not be %s', (url, mistake) => {
    expect(strict(url)).toBe(mistake)
  })

  test.each([
    'https://127.0.0.1/',
    'https://127.0.0.1./',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://017700000001/',
    'https://127.0.0.1:8443/',
    'https://0/',
    'https://0.0.0.0/',
    'https://１２７.０.０.１/',
    'https://%31%32%37.0.0.1/',
    'https://8.8.8.8/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[fd00::1]/',
    'https://[2606:4700::1111]/',
  ])('may not be an address, however it is spelled: %s', url => {
    expect(strict(url)).toBe(DOMAIN)
  })

  test.each([
    'http://127.0.0.1:8080/hooks',
    'http://localhost:3000/',
    'https://[::1]:4000/',
    'http://10.0.0.7/',
  ])('may be %s where private addresses are allowed', url => {
    expect(lenient(url)).toBeNull()
  })

  test.each(['ftp://localhost/', 'http://jane:secret@localhost/', 'http://localhost/#part', 'localhost'])(
    'may not be %s even there',
    url => {
      expect(lenient(url)).not.toBeNull()
    },
  )
})
