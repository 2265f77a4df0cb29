import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export const MANIFEST_FILE = 'manifest.json'

/** Where `generate` writes the playground's files, and where the plugin looks for them. */
export const DEFAULT_ASSETS_DIR = fileURLToPath(new URL('../generated', import.meta.url))

export const ASSET_NAMES = [
  'laboratory',
  'boot',
  'editor-worker',
  'graphql-worker',
  'json-worker',
  'script-worker',
] as const
export type AssetName = (typeof ASSET_NAMES)[number]

export type Asset = {
  /** The public file name, which changes with the content. On disk it has `.gz` behind it. */
  fileName: string
  bytes: number
  gzipBytes: number
}

export type AssetManifest = Record<AssetName, Asset>

/** Reads what `buildPlaygroundAssets` left in a directory, or null where it has not run (or an older one has). */
export async function readManifest(assetsDir: string): Promise<AssetManifest | null> {
  const text = await readFile(`${assetsDir}/${MANIFEST_FILE}`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const manifest = JSON.parse(text) as Partial<AssetManifest>
  return ASSET_NAMES.every((name) => manifest[name] !== undefined) ? (manifest as AssetManifest) : null
}
