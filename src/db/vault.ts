import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** A sealed value cannot be opened. Says nothing of the value, the context or the keys. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
}

/**
 * Encrypts what must not lie in the database in clear. `context` names the one place where a sealed value belongs,
 * table, row and column (`connections/<uuid>/credentials`): moved anywhere else, it does not open.
 */
export interface Vault {
  seal(plain: string | Uint8Array, context: string): Buffer
  /** @throws VaultError when it was changed, moved, or sealed with a key that is not among ours */
  open(sealed: Uint8Array, context: string): Buffer
  /** What every value begins with that the first key has sealed. */
  readonly header: Buffer
  /** Whether there are keys besides the first, which what they have sealed is being taken from. */
  readonly isRotating: boolean
  /** Whether it should be sealed anew: it was not sealed with the first key. */
  needsRotation(sealed: Uint8Array): boolean
  /** 32 bytes for keyed hashes of one kind, of the first key. */
  macKey(purpose: string): Buffer
  /** Keyed hash (HMAC-SHA-256, first key), for comparing what must not be kept: bodies, credentials. */
  mac(purpose: string, data: string | Uint8Array): Buffer
  /** That hash under each of the keys, the first one's first, for finding what bears one of them. */
  macs(purpose: string, data: string | Uint8Array): Buffer[]
  /** Whether `mac` is that hash under any of the keys, so that a rotation does not make old hashes foreign. */
  verifyMac(purpose: string, data: string | Uint8Array, mac: Uint8Array): boolean
}

interface Key {
  readonly id: Buffer
  readonly sealing: KeyObject
  readonly secret: Buffer
  /** By purpose, of which there are a handful: deriving one costs more than using it. */
  readonly macKeys: Map<string, KeyObject>
}

const VERSION = 1
const KEY_BYTES = 32
const ID_BYTES = 4
const IV_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + ID_BYTES
const LEAST_BYTES = HEADER_BYTES + IV_BYTES + TAG_BYTES
const CIPHER = 'aes-256-gcm'

/**
 * @param keys 32 random bytes each; the first seals, all open. To rotate, put the new key in front, seal anew what
 *   `needsRotation`, then drop the old one.
 */
export function createVault(keys: readonly Buffer[]): Vault {
  const [first, ...rest] = keys.map(prepareKey)
  if (first === undefined) throw new VaultError('a vault needs a key')
  const all = [first, ...rest]
  const mac = (key: Key, purpose: string, data: string | Uint8Array) =>
    createHmac('sha256', macKeyOf(key, purpose)).update(data).digest()
  return {
    seal: (plain, context) => sealWith(first, plain, context),
    open: (sealed, context) => openWith(findKey(all, sealed), sealed, context),
    header: headerOf(first),
    isRotating: rest.length > 0,
    needsRotation: sealed => findKey(all, sealed) !== first,
    macKey: purpose => macKeyOf(first, purpose).export(),
    mac: (purpose, data) => mac(first, purpose, data),
    macs: (purpose, data) => all.map(key => mac(key, purpose, data)),
    verifyMac: (purpose, data, expected) =>
      expected.length === KEY_BYTES && all.some(key => timingSafeEqual(mac(key, purpose, data), expected)),
  }
}

function prepareKey(secret: Buffer): Key {
  if (secret.length !== KEY_BYTES) throw new VaultError(`an encryption key has ${KEY_BYTES} bytes`)
  const id = derive(secret, 'id').subarray(0, ID_BYTES)
  return { secret, id, sealing: createSecretKey(derive(secret, 'seal')), macKeys: new Map() }
}

function macKeyOf({ secret, macKeys }: Key, purpose: string): KeyObject {
  const known = macKeys.get(purpose)
  if (known) return known
  const made = createSecretKey(derive(secret, `mac/${purpose}`))
  macKeys.set(purpose, made)
  return made
}

function derive(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `billbridge/${purpose}`, KEY_BYTES))
}

function headerOf({ id }: Key): Buffer {
  return Buffer.from([VERSION, ...id])
}

/** Version, key id, IV, ciphertext, tag. The first two are authenticated together with the context. */
function sealWith(key: Key, plain: string | Uint8Array, context: string): Buffer {
  const header = headerOf(key)
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key.sealing, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.concat([header, Buffer.from(context)]))
  const body = cipher.update(typeof plain === 'string' ? Buffer.from(plain) : plain)
  return Buffer.concat([header, iv, body, cipher.final(), cipher.getAuthTag()])
}

function openWith(key: Key, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed)
  const header = bytes.subarray(0, HEADER_BYTES)
  const iv = bytes.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES)
  const decipher = createDecipheriv(CIPHER, key.sealing, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.concat([header, Buffer.from(context)]))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  const body = decipher.update(bytes.subarray(HEADER_BYTES + IV_BYTES, -TAG_BYTES))
  try {
    return Buffer.concat([body, decipher.final()])
  } catch {
    throw new VaultError('a sealed value was changed, or does not belong where it was found')
  }
}

function findKey(keys: readonly Key[], sealed: Uint8Array): Key {
  if (sealed.length < LEAST_BYTES || sealed[0] !== VERSION) throw new VaultError('this is not a sealed value')
  const key = keys.find(candidate => candidate.id.equals(sealed.subarray(1, HEADER_BYTES)))
  if (key === undefined) throw new VaultError('a value was sealed with a key that is not configured')
  return key
}
