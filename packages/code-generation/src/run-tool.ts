import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from './root.ts'

/** Runs a tool of the workspace's node_modules. Throws with all that it printed when it fails. */
export async function runTool(name: string, args: readonly string[], cwd = root): Promise<string> {
  const bin = path.join(root, 'node_modules', '.bin')
  try {
    const { stdout } = await promisify(execFile)(path.join(bin, name), [...args], {
      cwd,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        // Generating needs no schema engine; naming any executable keeps Prisma from downloading one.
        PRISMA_SCHEMA_ENGINE_BINARY: process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ?? process.execPath,
      },
    })
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string }
    throw new Error(`${name} failed:\n${`${stdout}${stderr}`.trim() || message}`, { cause: error })
  }
}
