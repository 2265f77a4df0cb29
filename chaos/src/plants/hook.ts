// Loaded before a service, by --import: edits the files of the plant named in the environment as Node loads them.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { edited, type PlantedEdit } from './plant.ts'
import { plants } from './plants.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const plant = plants[process.env['CARTOGRAPH_PLANT'] ?? '']
if (!plant) throw new Error('CARTOGRAPH_PLANT names no bug to plant.')

const edits = new Map<string, PlantedEdit[]>()
for (const edit of plant.edits) {
  const url = pathToFileURL(path.join(root, edit.file)).href
  edits.set(url, [...(edits.get(url) ?? []), edit])
  // Every service says so when a plant does not fit its soil any more, not only those that load the file.
  edited(readFileSync(path.join(root, edit.file), 'utf8'), edit)
}

registerHooks({
  load(url, context, nextLoad) {
    const wanted = edits.get(url)
    if (!wanted) return nextLoad(url, context)
    const source = wanted.reduce(edited, readFileSync(new URL(url), 'utf8'))
    return { format: 'module-typescript', source, shortCircuit: true }
  },
})
