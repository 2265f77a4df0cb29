import { type FSWatcher, watch } from 'node:fs'
import path from 'node:path'
import { ensureGenerated } from '@cartograph/code-generation'
import type { Progress } from '@cartograph/command-line'
import { root, type ServiceName } from '../workspace.ts'
import { concernedBy } from './concerned-by.ts'

/** Editors write a file in several steps, and a branch switch many files. */
const settleMs = 150

/**
 * Restarts what an edit concerns, after generating anew what depends on it. A schema that does not compose is reported,
 * and everything goes on as it was: the gateway keeps the last good supergraph and the subgraph its last good schema.
 */
export function followEdits(restart: (service: ServiceName) => Promise<void>, progress: Progress): { close(): void } {
  const edited = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let last: Promise<void> = Promise.resolve()

  const apply = async () => {
    const files = [...edited]
    edited.clear()
    const services = new Set(files.flatMap(concernedBy))
    if (services.size === 0) return
    try {
      await ensureGenerated({ onMake: (name) => progress.step(`Generating: ${name}`) })
      for (const service of services) {
        await restart(service)
        progress.step(`restarted ${service} (${files.find((file) => concernedBy(file).includes(service))})`)
      }
    } catch (error) {
      progress.step(`not applied: ${(error as Error).message}`)
    }
  }

  const watchers: FSWatcher[] = ['subgraphs', 'packages', 'gateway'].map((folder) =>
    watch(path.join(root, folder), { recursive: true }, (_event, name) => {
      if (name === null) return
      edited.add(path.join(folder, name))
      clearTimeout(timer)
      // One after the other: an edit during a restart waits for its end.
      timer = setTimeout(() => {
        last = last.then(apply)
      }, settleMs)
    }),
  )
  return {
    close() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}
