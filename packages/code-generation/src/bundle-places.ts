import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'esbuild'

/**
 * An esbuild plugin: in a bundle `import.meta.url` is that of the bundle, so each module of ours that asks for it is
 * given its own place back, as if the folder of the bundle held the service’s files and, under their paths from the
 * root, those of the packages.
 */
export function ownPlaces(root: string, service: string): Plugin {
  return {
    name: 'own-places',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        const contents = await readFile(file, 'utf8')
        if (file.includes('node_modules') || !contents.includes('import.meta.')) return null
        const isOfService = file.startsWith(`${service}${path.sep}`)
        // From src/main.js, where the bundle is.
        const place = `../${path
          .relative(isOfService ? service : root, file)
          .split(path.sep)
          .join('/')}`
        const url = `new URL(${JSON.stringify(place)}, import.meta.url)`
        const folder = `process.getBuiltinModule('node:url').fileURLToPath(new URL('.', ${url}))`
        return {
          loader: 'ts',
          contents: contents
            .replaceAll(/\bimport\.meta\.url\b/g, `${url}.href`)
            .replaceAll(/\bimport\.meta\.dirname\b/g, folder),
        }
      })
    },
  }
}
