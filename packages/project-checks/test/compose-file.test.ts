import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../src/root.ts'
import { composeEnvironment, composeServices, composeText, newSecrets, variablesOf } from './compose-file.ts'

const example = variablesOf(readFileSync(path.join(root, 'docker', '.env.example'), 'utf8'))

test('.env.example names every variable that must be set, and gives none a value', () => {
  const demanded = new Set([...composeText.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name = '']) => name))
  expect(Object.keys(example).toSorted()).toEqual([...demanded].toSorted())
  expect(Object.values(example).filter(Boolean)).toEqual([])
})

test('make-env.mjs gives each of them a value, no two alike', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cartograph-env-'))
  const made = newSecrets(folder)
  rmSync(folder, { recursive: true })
  expect(Object.keys(made)).toEqual(Object.keys(example))
  expect(new Set(Object.values(made)).size).toBe(Object.keys(example).length)
  expect(JSON.parse(made['ACCESS_TOKEN_KEYS']!)).toMatchObject([{ kty: 'OKP', crv: 'Ed25519' }])
})

test('no service has an environment without secrets', () => {
  for (const [name, service] of Object.entries(composeServices)) {
    expect(() => composeEnvironment(name, {}), name).toThrow(/is missing/)
    // A password or a key in the file itself would be one in the repository.
    const secrets = Object.entries(service.environment).filter(([key]) => /PASSWORD|SECRET|KEYS/.test(key))
    for (const [key, value] of secrets) expect(value, key).toMatch(/^\$\{[A-Z_]+:(\?|-\}$)/)
  }
})

test.each(Object.entries(composeServices))('%s can write nothing, gain nothing, and restarts', (name, service) => {
  expect(service).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    restart: 'unless-stopped',
  })
  const isGateway = name.startsWith('gateway')
  const elsewhere = isGateway ? ['outside'] : ['users', 'orders', 'partners'].includes(name) ? ['providers'] : []
  expect(service['networks']).toEqual(['inside', ...elsewhere])
  expect('ports' in service).toBe(isGateway)
  expect(service['privileged'] ?? service['env_file']).toBeUndefined()
})
