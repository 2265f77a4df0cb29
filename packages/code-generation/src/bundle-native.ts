import { cpSync, existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Copies an installed package, with what it depends on and the binaries for this machine, into `modules`, flat. */
export function copyPackage(name: string, importer: string, modules: string): void {
  const source = locate(name, importer)
  if (!source) throw new Error(`${name} is not installed`)
  const isOwn = (file: string) => !file.slice(source.length).includes('node_modules')
  cpSync(source, path.join(modules, name), { recursive: true, filter: isOwn })
  const manifest = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as Manifest
  for (const dependency of Object.keys(manifest.dependencies ?? {})) copyPackage(dependency, source, modules)
  // Of the binaries only those for this machine were installed.
  for (const binary of Object.keys(manifest.optionalDependencies ?? {})) {
    if (locate(binary, source)) copyPackage(binary, source, modules)
  }
}

/** Where Node would find a package from a folder, with symbolic links followed. */
function locate(name: string, from: string): string | null {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name)
    if (existsSync(path.join(candidate, 'package.json'))) return realpathSync(candidate)
    if (folder === path.dirname(folder)) return null
  }
}
