import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGzip } from 'node:zlib'
import { build } from 'esbuild'
import { adaptLaboratory } from './adapt-laboratory.ts'
import {
  ASSET_NAMES,
  type Asset,
  type AssetManifest,
  type AssetName,
  DEFAULT_ASSETS_DIR,
  MANIFEST_FILE,
} from './assets.ts'

type Source = () => Readable

/**
 * Writes the playground's scripts and workers into `outDir`: named after their content, compressed once, with a
 * manifest for the plugin. Files of an earlier version are removed. Returns the manifest.
 */
export async function buildPlaygroundAssets(outDir: string = DEFAULT_ASSETS_DIR): Promise<AssetManifest> {
  await mkdir(outDir, { recursive: true })
  const sources = await findSources()
  const built = await Promise.all(
    ASSET_NAMES.map(async (name) => [name, await buildAsset(name, sources[name], outDir)] as const),
  )
  const manifest = Object.fromEntries(built) as AssetManifest
  await replaceFile(join(outDir, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
  await removeStale(outDir, manifest)
  return manifest
}

/**
 * `@graphql-hive/render-laboratory` is the laboratory's own build folded into strings of one 21 MB module. The files
 * it was folded from stand in the package it depends on, and can be streamed instead of imported.
 */
async function findSources(): Promise<Record<AssetName, Source>> {
  const fromRenderer = createRequire(createRequire(import.meta.url).resolve('@graphql-hive/render-laboratory'))
  const laboratory = fromRenderer.resolve('@graphql-hive/laboratory/umd')
  const worker = (name: string) => fileSource(join(dirname(laboratory), 'monacoeditorwork', `${name}.worker.bundle.js`))
  const [script, boot] = await Promise.all([
    readFile(laboratory, 'utf8'),
    bundleForBrowser(new URL('browser/boot.ts', import.meta.url)),
  ])
  return {
    laboratory: textSource(adaptLaboratory(script)),
    boot: textSource(boot),
    'editor-worker': worker('editor'),
    'graphql-worker': worker('graphql'),
    'json-worker': worker('json'),
    'script-worker': worker('ts'),
  }
}

/** One classic script of a module of ours and what it imports. */
async function bundleForBrowser(module: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(module)],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  })
  return outputFiles.map(({ text }) => text).join('')
}

function fileSource(path: string): Source {
  return () => createReadStream(path)
}

function textSource(text: string): Source {
  return () => Readable.from([text])
}

async function buildAsset(name: AssetName, source: Source, outDir: string): Promise<Asset> {
  const temporary = join(outDir, `.${name}.${process.pid}`)
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(
    source(),
    async function* (chunks: AsyncIterable<Buffer | string>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        bytes += Buffer.byteLength(chunk)
        yield chunk
      }
    },
    createGzip({ level: 9 }),
    createWriteStream(temporary),
  )
  const fileName = `${name}.${hash.digest('hex').slice(0, 12)}.js`
  const target = join(outDir, `${fileName}.gz`)
  await rename(temporary, target)
  return { fileName, bytes, gzipBytes: (await stat(target)).size }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, text)
  await rename(temporary, path)
}

async function removeStale(outDir: string, manifest: AssetManifest): Promise<void> {
  const current = new Set(Object.values(manifest).map((asset) => `${asset.fileName}.gz`))
  const ours = /^[a-z-]+\.[0-9a-f]{12}\.js\.gz$/
  const stale = (await readdir(outDir)).filter((file) => ours.test(file) && !current.has(file))
  await Promise.all(stale.map((file) => rm(join(outDir, file), { force: true })))
}
