import path from 'node:path'
import { bundleServices } from '@cartograph/code-generation/bundle'
import { services, type ServiceName } from '@cartograph/local-stack'
import { edited, type Plant } from '../plants/plant.ts'

/** Bundles every service into a folder of `bundles`, with the bug that is to be planted. Throws when it does not fit. */
export async function bundleShop(bundles: string, plant?: Plant): Promise<void> {
  const edits = plant?.edits ?? []
  await bundleServices({
    services,
    outDir: bundles,
    edit: (file, source) => edits.filter((each) => each.file === file).reduce(edited, source),
  })
}

/** What is run of a service. */
export const programOf = (bundles: string, service: ServiceName): string =>
  path.join(bundles, service, 'src', 'main.js')
