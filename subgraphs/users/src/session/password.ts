import { requestError } from '@cartograph/error-catalogue'
import { hash, verify } from '@node-rs/argon2'
import pLimit from 'p-limit'
import { normalizePassword } from '../password/normalize-password.ts'

// OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. The library's default variant is argon2id.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes at once: each takes a core and 19 MiB for tens of milliseconds, and a burst must not starve the service. */
const hashing = pLimit(2)

/** About two seconds of work: who would wait longer is told at once, while others are still answered in time. */
const mostWaiting = 100

async function limited<Result>(work: () => Promise<Result>): Promise<Result> {
  if (hashing.pendingCount >= mostWaiting)
    throw requestError('OVERLOADED', 'Too many passwords are being checked. Try again in a moment.')
  return hashing(work)
}

/** An argon2id string (PHC format), each with a salt of its own. Throws OVERLOADED when too many wait already. */
export function hashPassword(password: string): Promise<string> {
  return limited(() => hash(normalizePassword(password), parameters))
}

/** Whether a hash was made with the parameters of today, which its PHC string names. */
export function isHashedAsNow(passwordHash: string): boolean {
  const [, memoryCost, timeCost, parallelism] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(passwordHash) ?? []
  return (
    Number(memoryCost) === parameters.memoryCost &&
    Number(timeCost) === parameters.timeCost &&
    Number(parallelism) === parameters.parallelism
  )
}

let decoy: Promise<string> | undefined

/**
 * Whether `password` is that of `passwordHash`. For an account that does not exist or has no password it does the same
 * work and answers false, so that the time tells nothing. Throws OVERLOADED when too many wait already.
 */
export async function isPasswordOf(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hash('a password that nobody has', parameters)
  const against = passwordHash ?? (await decoy)
  const matches = await limited(() => verify(against, normalizePassword(password)))
  return matches && passwordHash !== null
}
