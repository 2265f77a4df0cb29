import { type FSWatcher, watch } from 'node:fs'
import path from 'node:path'
import type { SupergraphManager, SupergraphSdlUpdateFunction } from '@apollo/gateway'
import type { Logger } from '@cartograph/service-runtime/process'

/** Editors write a file in several steps; a composition waits until they are done. */
const settleMs = 100

/**
 * For development: composes supergraph.yaml and composes again whenever it or a schema file that it names is edited. An
 * edit that does not compose is logged, and the last good supergraph goes on being served.
 */
export function watchedSupergraph(configFile: string, logger: Logger): SupergraphManager {
  return {
    async initialize({ update }) {
      const { composeSupergraph } = await import('@cartograph/composition')
      const first = composeSupergraph(configFile)
      const watchers = watchFiles(first.files, () => recompose(update))
      const recompose = (apply: SupergraphSdlUpdateFunction) => {
        try {
          apply(composeSupergraph(configFile).supergraphSdl)
          logger.info('the supergraph was composed anew')
        } catch (error) {
          logger.error(
            `the edited schema does not compose, the last good one is still served:\n${(error as Error).message}`,
          )
        }
      }
      return { supergraphSdl: first.supergraphSdl, cleanup: async () => watchers.close() }
    },
  }
}

/** Watches the folders, not the files: an editor that replaces a file would leave a watcher on the old one. */
function watchFiles(files: readonly string[], onChange: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined
  const names = new Set(files)
  const watchers: FSWatcher[] = [...new Set(files.map((file) => path.dirname(file)))].map((folder) =>
    watch(folder, (_event, name) => {
      if (name === null || !names.has(path.join(folder, name))) return
      clearTimeout(timer)
      timer = setTimeout(onChange, settleMs)
    }),
  )
  return {
    close() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}
