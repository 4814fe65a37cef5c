import { expect, test } from 'vitest'
import { isPublicAddress } from '#values/public-address'

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
])('%s is public', address => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  ['this network', ['0.0.0.0', '0.1.2.3']],
  ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
  ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1']],
  [
    'link-local, where clouds keep their metadata',
    ['169.254.169.254', '169.254.0.1', 'fe80::1', 'fe80::1%eth0'],
  ],
  ['shared by carriers', ['100.64.0.1', '100.127.255.255']],
  ['multicast and broadcast', ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1']],
  [
    'reserved',
    ['192.0.0.8', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '240.0.0.1', '2001:db8::1'],
  ],
  ['unique local', ['fc00::1', 'fd12:3456:789a::1']],
  ['unspecified', ['::']],
  [
    'IPv4 in IPv6',
    ['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '::127.0.0.1', '::ffff:0:127.0.0.1'],
  ],
  [
    'behind a tunnel or a translator',
    ['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001:0:4136:e378::1'],
  ],
  ['site-local', ['fec0::1']],
  ['given out to nobody', ['4000::1', '5f00::1', 'e000::1']],
  ['no address', ['', 'localhost', '256.1.1.1', 'example.com']],
])('%s is not public', (_name, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([])
})
