import { existsSync, globSync, statSync } from 'node:fs'
import path from 'node:path'
import type { EditSource } from './bundle-places.ts'
import { bundleService } from './bundle-service.ts'
import { ensureGenerated } from './ensure-generated.ts'
import { root } from './root.ts'

/** The services that can be bundled: the gateway and every subgraph with a main.ts. */
export function bundleableServices(): string[] {
  const programs = globSync('subgraphs/*/src/main.ts', { cwd: root })
  return [...programs.map((file) => path.basename(path.resolve(root, file, '../..'))).toSorted(), 'gateway']
}

export interface BundleOptions {
  readonly services: readonly string[]
  readonly outDir: string
  /** The last word on each source of ours; one that throws fails the bundle. */
  readonly edit?: EditSource
}

/**
 * Bundles services into `outDir`, a folder for each that needs nothing from outside of it but Node: what its container
 * holds. Answers the bytes of each.
 */
export async function bundleServices(options: BundleOptions): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for (const service of options.services) {
    const folder = service === 'gateway' ? 'gateway' : `subgraphs/${service}`
    if (!existsSync(path.join(root, folder, 'src', 'main.ts'))) {
      throw new Error(`There is no service "${service}". There are: ${bundleableServices().join(', ')}.`)
    }
    const target = path.join(options.outDir, service)
    await bundleService(folder, target, options.edit)
    sizes.set(service, bytesIn(target))
  }
  return sizes
}

/** `bundle [service …]`: bundles all services, or those named, into dist/. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await ensureGenerated({ onMake: (name) => console.log(`  making: ${name}`) })
    const services = args.length > 0 ? args : bundleableServices()
    const sizes = await bundleServices({ services, outDir: path.join(root, 'dist') })
    const width = Math.max(...services.map((name) => name.length))
    for (const [name, bytes] of sizes) {
      console.log(`  dist/${name.padEnd(width)}  ${(bytes / 1024 ** 2).toFixed(1).padStart(5)} MB`)
    }
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

function bytesIn(folder: string): number {
  return globSync('**/*', { cwd: folder }).reduce((sum, file) => {
    const found = statSync(path.join(folder, file))
    return found.isFile() ? sum + found.size : sum
  }, 0)
}
