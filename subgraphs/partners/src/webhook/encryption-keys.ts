import { z } from 'zod'

const keyBytes = 32

/** 32 bytes, in hexadecimal or base64url. */
function keyOf(text: string): Buffer | null {
  if (/^[\da-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  const key = Buffer.from(text, 'base64url')
  return key.length === keyBytes && key.toString('base64url') === text ? key : null
}

/** Comma-separated keys that signing secrets are sealed with: the first seals, and both read while one is replaced. */
export const encryptionKeys = z
  .string({ error: 'is missing; give one or two keys of 32 bytes in hexadecimal or base64url, comma-separated' })
  .transform((text, context) => {
    const keys = text.split(',').map((each) => keyOf(each.trim()))
    if (keys.every((key) => key !== null)) return keys
    context.addIssue({ code: 'custom', message: 'has a key that is not 32 bytes in hexadecimal or base64url' })
    return z.NEVER
  })
  .pipe(z.array(z.instanceof(Buffer)).max(2, 'has more than two keys'))
