import { readFileSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Check } from '../run-checks.ts'
import { runGit } from '../run-tool.ts'

const largestTextBytes = 2 * 1024 * 1024

/** Home folders of Linux, macOS and Windows. Backslashes may be doubled, as in JSON. */
const homeFolder = /(?<![\w.:/-])\/(?:(?:home|Users)\/[A-Za-z][\w.-]*\/|root\/[\w.])|[A-Z]:\\{1,2}Users\\{1,2}\w/
const registryHost = /\b(?:tarball|resolved|registry):\s*['"]?https?:/

/** What in the text of `file` is true on one machine only: registry hosts in a lockfile, paths of a computer. */
export function machineTraces(file: string, text: string, folders: readonly string[]): string[] {
  const isLockfile = path.basename(file) === 'pnpm-lock.yaml'
  return text.split('\n').flatMap((line, index) => {
    const at = `${file}:${index + 1}`
    if (isLockfile) return registryHost.test(line) ? [`${at}: names a registry host`] : []
    const isPath = homeFolder.test(line) || folders.some((folder) => line.includes(`${folder}/`))
    return isPath ? [`${at}: names a path of one machine`] : []
  })
}

/** Nothing in the repository is true on one machine only. */
export function repositoryCheck(folder: string): Check {
  return {
    name: 'repository',
    run: async () => {
      const listed = await runGit(['ls-files', '--cached', '--others', '--exclude-standard', '-z'], folder)
      if (listed === null) return { skipped: 'git does not say which files belong to this folder' }
      // A checkout at / or /app would name half the world.
      const folders = [folder, os.homedir()].filter((each) => each.split(path.sep).length > 2)
      const files = listed.split('\0').filter(Boolean)
      return files.flatMap((file) => machineTraces(file, textOf(path.join(folder, file)), folders))
    },
  }
}

/** The text of a file; empty for what is no text, is gone, or is too large to have been written by hand. */
function textOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile() || found.size > largestTextBytes) return ''
  const text = readFileSync(file, 'utf8')
  return text.includes('\0') ? '' : text
}
