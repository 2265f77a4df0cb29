import { invalidInput, Refused } from '@cartograph/error-catalogue'
import type pg from 'pg'
import { listModels } from './list-models.ts'
import { fitModelOnce } from './fit-model-once.ts'
import { rollBackModel } from './roll-back-model.ts'

/** The greatest version that PostgreSQL's integer holds. */
const greatestVersion = 2_147_483_647

/** `list`: the kept models. `fit`, `rollback [VERSION]`: the version that is in use from now on. As data, for JSON. */
export async function runModelsCommand(connection: pg.Client, [verb, version]: readonly string[]): Promise<unknown> {
  if (verb === 'list') return listModels(connection)
  if (verb === 'fit') {
    const startedAt = performance.now()
    const inUse = await fitModelOnce(connection)
    if (inUse === null) throw new Error('Somebody is fitting a model already.')
    return { inUse, seconds: (performance.now() - startedAt) / 1000 }
  }
  if (verb === 'rollback')
    return { inUse: await rollBackModel(connection, version === undefined ? null : versionOf(version)) }
  throw new Refused([invalidInput(`There is no "${verb}": list, fit, or rollback [VERSION].`, ['verb'])])
}

function versionOf(text: string): number {
  const version = Number(text)
  if (/^\d+$/.test(text) && version <= greatestVersion) return version
  throw new Refused([invalidInput(`A version is a whole number, not "${text}".`, ['version'])])
}
