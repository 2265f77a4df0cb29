import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { z } from 'zod'
import { type ServiceName, services, type Subgraph, subgraphs } from './workspace.ts'

const secretsFile = z.object({
  databasePasswords: z.record(z.string(), z.string()),
  signingSecrets: z.record(z.string(), z.string()),
  /** The private key that users signs access tokens with, as a JSON Web Key. */
  accessTokenKey: z.record(z.string(), z.unknown()),
  /** What the gateway makes CSRF tokens with; empty in a shop that is older than browser sessions. */
  browserSessionSecret: z.string().default(''),
  /** What partners seals the signing secrets of webhooks with; empty in a shop that is older than they are. */
  webhookEncryptionKey: z.string().default(''),
})

export interface StackSecrets {
  readonly databasePasswords: Record<Subgraph, string>
  readonly signingSecrets: Record<ServiceName, string>
  readonly accessTokenKey: Record<string, unknown>
  readonly browserSessionSecret: string
  readonly webhookEncryptionKey: string
}

const random = () => randomBytes(32).toString('base64url')

function readSecrets(file: string): StackSecrets {
  try {
    return secretsFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new Error(`${file} is damaged; restore it, or start with --fresh.`, { cause: error })
  }
}

/**
 * The secrets of the shop in `dataDir`, made on first use and kept in a file that only its owner can read. What is
 * new to an older shop is made then.
 */
export async function stackSecrets(dataDir: string): Promise<StackSecrets> {
  const file = path.join(dataDir, 'secrets.json')
  const known = existsSync(file) ? readSecrets(file) : null
  if (known?.browserSessionSecret && known.webhookEncryptionKey && services.every((name) => known.signingSecrets[name]))
    return known
  const { databasePasswords, signingSecrets, accessTokenKey, ...rest } = known ?? (await newSecrets())
  const secrets = {
    databasePasswords: { ...forEach(subgraphs, random), ...databasePasswords },
    signingSecrets: { ...forEach(services, random), ...signingSecrets },
    accessTokenKey,
    browserSessionSecret: rest.browserSessionSecret || random(),
    webhookEncryptionKey: rest.webhookEncryptionKey || random(),
  }
  mkdirSync(dataDir, { recursive: true })
  // Renamed into place, so that a crash leaves the whole file or none.
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return secrets
}

const forEach = <Name extends string>(names: readonly Name[], make: () => string) =>
  Object.fromEntries(names.map((name) => [name, make()])) as Record<Name, string>

async function newSecrets(): Promise<StackSecrets> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  return {
    databasePasswords: forEach(subgraphs, random),
    signingSecrets: forEach(services, random),
    browserSessionSecret: random(),
    webhookEncryptionKey: random(),
    accessTokenKey: {
      ...(await exportJWK(privateKey)),
      kid: randomBytes(8).toString('base64url'),
      alg: 'EdDSA',
      use: 'sig',
    },
  }
}
