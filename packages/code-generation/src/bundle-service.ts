import { cpSync, existsSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { copyPackage } from './bundle-native.ts'
import { type EditSource, ownPlaces } from './bundle-places.ts'
import { root } from './root.ts'

/** What a service reads at run time, relative to its folder, or to the root where it starts with a slash. */
const assets = {
  gateway: ['supergraph.graphql', 'src/node/schema.graphql', 'examples', '/clients/playground/generated'],
  subgraph: ['schema.graphql', 'prisma/migrations'],
  /** Publishing is judged by what the gateways serve. */
  partners: ['schema.graphql', 'prisma/migrations', '/gateway/supergraph.graphql'],
}

/** Native code cannot be bundled; these packages are copied beside the bundle where it imports them. */
const nativePackages = ['@node-rs/argon2']

/** Some dependencies are CommonJS and require Node’s own modules; a vendor’s telemetry is off before it is read. */
const banner = `import { createRequire as bundleRequire } from 'node:module'
const require = bundleRequire(import.meta.url)
process.env.APOLLO_TELEMETRY_DISABLED = 'true'`

/**
 * Bundles the service in `folder` into `target`: src/main.js, its workers where they are in `folder`, and beside them what they
 * read, laid out as in `folder`.
 */
export async function bundleService(folder: string, target: string, edit?: EditSource): Promise<void> {
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  const programs = ['src/main.ts', ...globSync('src/**/*.worker.ts', { cwd: path.join(root, folder) })]
  const imports = new Set<string>()
  for (const program of programs) {
    for (const name of await bundleProgram(folder, program, target, edit)) imports.add(name)
  }
  for (const name of nativePackages.filter((each) => imports.has(each))) {
    copyPackage(name, path.join(root, folder), path.join(target, 'node_modules'))
  }
  for (const asset of assetsOf(path.basename(folder))) copyAsset(folder, asset, target)
  const manifest = { name: path.basename(folder), private: true, type: 'module' }
  writeFileSync(path.join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

function assetsOf(service: string): readonly string[] {
  return service === 'gateway' || service === 'partners' ? assets[service] : assets.subgraph
}

function copyAsset(folder: string, asset: string, target: string): void {
  const [from, to] = asset.startsWith('/') ? [asset.slice(1), asset.slice(1)] : [path.join(folder, asset), asset]
  if (!existsSync(path.join(root, from))) throw new Error(`${from} is missing; run: pnpm generate`)
  cpSync(path.join(root, from), path.join(target, to), { recursive: true })
}

/** Bundles one program of a service, and answers what it imports that is not in the bundle. */
async function bundleProgram(
  folder: string,
  program: string,
  target: string,
  edit: EditSource | undefined,
): Promise<string[]> {
  const outfile = path.join(target, program.replace(/\.ts$/, '.js'))
  const up = path.relative(path.dirname(outfile), target).split(path.sep).join('/')
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`${folder}/${program}`],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // pg-native is an optional peer that nobody installs.
    external: [...nativePackages, 'pg-native'],
    plugins: [ownPlaces(root, path.join(root, folder), up, edit)],
    banner: { js: banner },
    // Neither minified nor mapped: a stack names functions and files as it is, and Node with --enable-source-maps takes
    // twice the memory and twice as long to start.
    minify: false,
    sourcemap: false,
    legalComments: 'linked',
    metafile: true,
    logLevel: 'error',
  })
  return Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path: name }) => name))
}
