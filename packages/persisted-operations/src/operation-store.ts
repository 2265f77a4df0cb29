import { withoutAlgorithm } from './document-id.ts'
import type { PersistedOperation } from './persisted-operation.ts'

/** Operations by their ids. An id by content is found with and without `sha256:` before it. */
export class OperationStore {
  readonly #operations = new Map<string, PersistedOperation>()

  get size(): number {
    return this.#operations.size
  }

  /** Throws where one of `operations` has the id of another, and neither adds it nor those after it. */
  constructor(operations: Iterable<PersistedOperation> = []) {
    for (const operation of operations) {
      const key = withoutAlgorithm(operation.id)
      const known = this.#operations.get(key)
      if (known && known.body !== operation.body)
        throw new Error(`The id ${operation.id} is that of ${known.name} and of ${operation.name}.`)
      this.#operations.set(key, operation)
    }
  }

  find(id: string): PersistedOperation | undefined {
    return this.#operations.get(withoutAlgorithm(id))
  }
}
