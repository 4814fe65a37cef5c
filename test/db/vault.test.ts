import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createVault, VaultError } from '#db/vault'

const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const vault = createVault([newKey])

test('opens what it sealed, text and bytes alike', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (plain, context) => {
      expect(vault.open(vault.seal(plain, context), context)).toEqual(Buffer.from(plain))
    }),
  )
  expect(vault.open(vault.seal('zürich', 'a'), 'a').toString()).toBe('zürich')
})

test('seals the same value differently each time, with nothing of it in sight', () => {
  const [first, second] = [vault.seal('12345678', 'a'), vault.seal('12345678', 'a')]
  expect(first.equals(second)).toBe(false)
  expect(first.includes('12345678')).toBe(false)
})

test('does not open a value in another place', () => {
  const sealed = vault.seal('secret', 'connections/1/credentials')
  expect(() => vault.open(sealed, 'connections/2/credentials')).toThrow(VaultError)
})

test('does not open a value of which any byte was changed or cut off', () => {
  const sealed = vault.seal('secret', 'a')
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    expect(() => vault.open(changed, 'a')).toThrow(VaultError)
    expect(() => vault.open(sealed.subarray(0, at), 'a')).toThrow(VaultError)
  }
})

test('does not open a value of an unknown key, nor say anything about it', () => {
  const sealed = createVault([oldKey]).seal('secret', 'place')
  const err = caught(() => vault.open(sealed, 'place'))
  expect(err).toEqual(new VaultError('a value was sealed with a key that is not configured'))
  expect(err.cause).toBeUndefined()
})

test('opens with every key, seals with the first, and knows what to seal anew', () => {
  const before = createVault([oldKey]).seal('secret', 'a')
  const rotating = createVault([newKey, oldKey])
  expect(rotating.open(before, 'a').toString()).toBe('secret')
  expect(rotating.needsRotation(before)).toBe(true)

  const after = rotating.seal(rotating.open(before, 'a'), 'a')
  expect(rotating.needsRotation(after)).toBe(false)
  expect(createVault([newKey]).open(after, 'a').toString()).toBe('secret')
})

test('hashes differently for every purpose, key and value', () => {
  const other = createVault([oldKey])
  const hashes = [
    vault.mac('body', 'x'),
    vault.mac('body', 'y'),
    vault.mac('token', 'x'),
    other.mac('body', 'x'),
  ]
  expect(new Set(hashes.map(hash => hash.toString('hex'))).size).toBe(4)
  expect(vault.mac('body', 'x')).toEqual(vault.mac('body', Buffer.from('x')))
  expect(vault.macKey('body')).not.toEqual(vault.macKey('token'))
})

test('recognises a hash made before the key was rotated', () => {
  const before = createVault([oldKey]).mac('body', 'x')
  const rotating = createVault([newKey, oldKey])
  expect(rotating.verifyMac('body', 'x', before)).toBe(true)
  expect(rotating.verifyMac('body', 'y', before)).toBe(false)
  expect(rotating.verifyMac('token', 'x', before)).toBe(false)
  expect(rotating.verifyMac('body', 'x', before.subarray(1))).toBe(false)
  expect(createVault([newKey]).verifyMac('body', 'x', before)).toBe(false)
})

test('makes the hash under every key, the first one first', () => {
  const rotating = createVault([newKey, oldKey])
  const one = (key: Buffer) => createVault([key]).mac('body', 'x')
  expect(rotating.macs('body', 'x')).toEqual([one(newKey), one(oldKey)])
})

test('takes only keys of 32 bytes, and at least one', () => {
  expect(() => createVault([])).toThrow(VaultError)
  expect(() => createVault([newKey, randomBytes(16)])).toThrow(VaultError)
})

function caught(act: () => unknown): Error {
  try {
    act()
  } catch (err) {
    if (err instanceof Error) return err
  }
  throw new Error('nothing was thrown')
}
