import { readFileSync } from 'node:fs'
import { OperationStore, readManifest } from '@cartograph/persisted-operations'
import { EnvironmentError } from '@cartograph/service-runtime/process'

/** The operations of the front ends of a shop, of one manifest each. Throws EnvironmentError, naming the file at fault. */
export function firstPartyOperations(manifestFiles: readonly string[]): OperationStore {
  const operations = manifestFiles.flatMap((file) => {
    try {
      return readManifest(JSON.parse(readFileSync(file, 'utf8')))
    } catch (error) {
      throw new EnvironmentError(`OPERATION_MANIFESTS: ${file}: ${(error as Error).message}`, { cause: error })
    }
  })
  try {
    return new OperationStore(operations)
  } catch (error) {
    throw new EnvironmentError(`OPERATION_MANIFESTS: ${(error as Error).message}`, { cause: error })
  }
}
