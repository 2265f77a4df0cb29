import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const keyIdBytes = 8
const nonceBytes = 12
const tagBytes = 16

/** What was sealed cannot be read: its key is not among those given, or it was changed, or belongs to another owner. */
export class UnreadableSecretError extends Error {
  override readonly name = 'UnreadableSecretError'
}

/**
 * Seals secrets with AES-256-GCM, for an owner: read as another's, they are not readable. The first key seals; what any
 * of them has sealed can be read, for the key's id stands before it. What is sealed is `key id, nonce, tag, ciphertext`.
 */
export class SecretBox {
  readonly #keys: ReadonlyMap<string, Buffer>
  readonly #newest: Buffer

  constructor(keys: readonly Buffer[]) {
    this.#keys = new Map(keys.map((key) => [idOf(key).toString('hex'), key]))
    this.#newest = keys[0]!
  }

  /** What begins everything that the first key has sealed. */
  get newestKeyId(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(idOf(this.#newest))
  }

  seal(secret: Uint8Array, ownerId: string): Uint8Array<ArrayBuffer> {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#newest, nonce).setAAD(Buffer.from(ownerId))
    const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()])
    return new Uint8Array(Buffer.concat([idOf(this.#newest), nonce, cipher.getAuthTag(), ciphertext]))
  }

  /** Throws UnreadableSecretError. */
  open(sealed: Uint8Array, ownerId: string): Buffer {
    const bytes = Buffer.from(sealed)
    const key = this.#keys.get(bytes.subarray(0, keyIdBytes).toString('hex'))
    if (!key) throw new UnreadableSecretError('a secret was sealed with a key that is not given')
    const [nonceAt, tagAt, textAt] = [keyIdBytes, keyIdBytes + nonceBytes, keyIdBytes + nonceBytes + tagBytes]
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, tagAt), { authTagLength: tagBytes })
    try {
      decipher.setAAD(Buffer.from(ownerId)).setAuthTag(bytes.subarray(tagAt, textAt))
      return Buffer.concat([decipher.update(bytes.subarray(textAt)), decipher.final()])
    } catch (error) {
      throw new UnreadableSecretError('a secret was changed, or belongs to another owner', { cause: error })
    }
  }
}

/** Tells keys apart, and tells nothing of them. */
const idOf = (key: Buffer) => createHash('sha256').update('id of a key ').update(key).digest().subarray(0, keyIdBytes)
