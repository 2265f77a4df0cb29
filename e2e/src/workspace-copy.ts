import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '@cartograph/local-stack'

const leftOut = new Set(['node_modules', '.git', '.cartograph', '.cartograph-bench', 'dist'])

/**
 * A copy of the workspace that a test may edit: its own files and its links between packages are copied, what was
 * installed is linked. Removed by `remove`.
 */
export function copyWorkspace(): { root: string; remove(): void } {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'cartograph-workspace-'))
  for (const entry of readdirSync(root)) {
    if (!leftOut.has(entry))
      cpSync(path.join(root, entry), path.join(copy, entry), {
        recursive: true,
        verbatimSymlinks: true,
        filter: isWanted,
      })
  }
  const installed = path.join(root, 'node_modules')
  mkdirSync(path.join(copy, 'node_modules'))
  for (const entry of readdirSync(installed)) {
    if (entry === '.cache')
      cpSync(path.join(installed, '.cache/cartograph'), path.join(copy, 'node_modules/.cache/cartograph'), {
        recursive: true,
      })
    else symlinkSync(path.join(installed, entry), path.join(copy, 'node_modules', entry))
  }
  return { root: copy, remove: () => rmSync(copy, { recursive: true, force: true }) }
}

/** The browser that a package unpacks into its cache is large, and no edit concerns it. */
function isWanted(file: string): boolean {
  return !(lstatSync(file).isDirectory() && file.endsWith(`node_modules${path.sep}.cache`))
}
