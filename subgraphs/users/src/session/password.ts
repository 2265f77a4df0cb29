import { hash, verify } from '@node-rs/argon2'

// OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. The library's default variant is argon2id.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes at once: each takes a core and 19 MiB for tens of milliseconds, and a burst must not starve the service. */
const concurrency = 2
let free = concurrency
const waiting: (() => void)[] = []

async function limited<Result>(work: () => Promise<Result>): Promise<Result> {
  if (free > 0) free -= 1
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
}

/** An argon2id string (PHC format), each with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return limited(() => hash(password, parameters))
}

let decoy: Promise<string> | undefined

/**
 * Whether `password` is that of `passwordHash`. For an account that does not exist or has no password it does the same
 * work and answers false, so that the time tells nothing.
 */
export async function isPasswordOf(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password that nobody has')
  const against = passwordHash ?? (await decoy)
  const matches = await limited(() => verify(against, password))
  return matches && passwordHash !== null
}
