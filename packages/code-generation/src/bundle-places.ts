import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'esbuild'

/** The source to bundle in place of a file's, by its path from the root. */
export type EditSource = (file: string, source: string) => string

/**
 * An esbuild plugin: in a bundle `import.meta.url` is that of the bundle, so each module of ours that asks for it is
 * given its own place back, as if the folder of the bundle, which is `up` from the file, held the service’s files and, under
 * their paths from the root, those of the packages. Before that it may be edited. A worker is a bundle of its own beside it,
 * and so is named as one.
 */
export function ownPlaces(root: string, service: string, up: string, edit: EditSource = (_, source) => source): Plugin {
  return {
    name: 'own-places',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        if (file.includes('node_modules')) return null
        const contents = edit(path.relative(root, file).split(path.sep).join('/'), await readFile(file, 'utf8'))
        const isOfService = file.startsWith(`${service}${path.sep}`)
        const place = `${up}/${path
          .relative(isOfService ? service : root, file)
          .split(path.sep)
          .join('/')}`
        const url = `new URL(${JSON.stringify(place)}, import.meta.url)`
        const folder = `process.getBuiltinModule('node:url').fileURLToPath(new URL('.', ${url}))`
        return {
          loader: 'ts',
          contents: contents
            .replaceAll(/\.worker\.ts(?=')/g, '.worker.js')
            .replaceAll(/\bimport\.meta\.url\b/g, `${url}.href`)
            .replaceAll(/\bimport\.meta\.dirname\b/g, folder),
        }
      })
    },
  }
}
