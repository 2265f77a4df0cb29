import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stackSecrets } from './secrets.ts'
import { services } from './workspace.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'cartograph-secrets-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const file = () => path.join(dataDir, 'secrets.json')

test('are made once, one for each service, all different, and for their owner to read', async () => {
  const made = await stackSecrets(dataDir)
  const secrets = services.map((name) => made.signingSecrets[name])
  expect(new Set(secrets).size).toBe(services.length)
  expect(Math.min(...secrets.map(({ length }) => length))).toBeGreaterThanOrEqual(32)
  expect(statSync(file()).mode & 0o777).toBe(0o600)
  expect(await stackSecrets(dataDir)).toEqual(made)
})

test('of a shop that is older than a service get one more, and the others stay', async () => {
  const made = await stackSecrets(dataDir)
  const { partners: _, ...older } = made.signingSecrets
  const { partners: __, ...passwords } = made.databasePasswords
  const { webhookEncryptionKey: ___, ...rest } = made
  writeFileSync(file(), JSON.stringify({ ...rest, signingSecrets: older, databasePasswords: passwords }))
  const now = await stackSecrets(dataDir)
  const one = expect.stringMatching(/^.{43}$/)
  expect(now).toEqual({
    ...made,
    signingSecrets: { ...older, partners: one },
    databasePasswords: { ...passwords, partners: one },
    webhookEncryptionKey: one,
  })
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(now)
  expect(await stackSecrets(dataDir)).toEqual(now)
})

test('that are damaged are not replaced in silence', async () => {
  writeFileSync(file(), '{')
  await expect(stackSecrets(dataDir)).rejects.toThrow('is damaged; restore it, or start with --fresh')
  expect(readFileSync(file(), 'utf8')).toBe('{')
})
