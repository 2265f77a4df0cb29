// Writes docker/.env, or the file that is named, from .env.example with new secrets. Never over one that is there.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = path.dirname(fileURLToPath(import.meta.url))
const target = process.argv[2] ?? path.join(folder, '.env')

const accessTokenKey = {
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  kid: randomBytes(8).toString('base64url'),
  alg: 'EdDSA',
  use: 'sig',
}
// Hexadecimal, so that a password needs no escaping in a URL.
const valueOf = (name) =>
  name === 'ACCESS_TOKEN_KEYS' ? `'${JSON.stringify([accessTokenKey])}'` : randomBytes(32).toString('hex')
const text = readFileSync(path.join(folder, '.env.example'), 'utf8')
  .split('\n')
  .filter((line) => !/^# .*make-env|^# with new ones/.test(line))
  .map((line) => line.replace(/^([A-Z_]+)=$/, (_, name) => `${name}=${valueOf(name)}`))
  .join('\n')
try {
  writeFileSync(target, text, { flag: 'wx', mode: 0o600 })
  console.log(`New secrets are in ${target}. The passwords in it are those of a database that is yet to be made.`)
} catch (error) {
  if (error.code !== 'EEXIST') throw error
  console.error(`${target} is there already, and the database knows its passwords. Remove it first if you mean to.`)
  process.exitCode = 1
}
