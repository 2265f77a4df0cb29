import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from '@cartograph/local-stack'

const folder = path.join(root, 'bench', 'peers')

/**
 * Installs the gateways that we are held against into bench/peers/node_modules, exactly as its lockfile says, unless that
 * was done before. They are no part of the workspace: nobody else needs them.
 */
export async function installPeers(): Promise<void> {
  const lockfile = readFileSync(path.join(folder, 'pnpm-lock.yaml'), 'utf8')
  if (textOf(path.join(folder, 'node_modules', '.pnpm', 'lock.yaml')) === lockfile) return
  const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    packageManager: string
  }
  console.log('Installing the other gateways into bench/peers/node_modules (about 70 MB, once) …')
  try {
    await promisify(execFile)('npx', ['-y', packageManager, 'install', '--frozen-lockfile'], { cwd: folder })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`the other gateways could not be installed; --only can leave them out:\n${stdout}${stderr}`, {
      cause: error,
    })
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
