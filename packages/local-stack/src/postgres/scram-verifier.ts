import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(pbkdf2)
const shape = /^SCRAM-SHA-256\$(\d+):([^$]+)\$[^:]+:.+$/

/**
 * What PostgreSQL stores for a password (RFC 5802), so that the password itself never stands in a statement and hence
 * in no server log. Passwords are printable ASCII, which makes their normalisation a no-op; others are refused.
 */
export async function scramVerifier(password: string, salt = randomBytes(16), iterations = 4096): Promise<string> {
  if (!/^[\x20-\x7e]+$/.test(password)) throw new TypeError('A database password must be printable ASCII')
  const salted = await derive(password, salt, iterations, 32, 'sha256')
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`
}

/** Whether a stored verifier is that of the password; false for any other kind of stored password. */
export async function isVerifierOf(stored: string | null, password: string): Promise<boolean> {
  const [, iterations, salt] = shape.exec(stored ?? '') ?? []
  if (!stored || !salt) return false
  const expected = Buffer.from(await scramVerifier(password, Buffer.from(salt, 'base64'), Number(iterations)))
  return expected.length === stored.length && timingSafeEqual(expected, Buffer.from(stored))
}
