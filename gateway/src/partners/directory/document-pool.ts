import type { PersistedOperation } from '@cartograph/persisted-operations'

interface PooledDocument {
  /** One for each id under which the document is published; mostly there is one. */
  readonly operations: PersistedOperation[]
  uses: number
}

/** Operations of which those with the same id and document are one object, and those with the same document have one text. */
export class DocumentPool {
  readonly #documents = new Map<string, PooledDocument>()

  /** Documents, each counted once. */
  get size(): number {
    return this.#documents.size
  }

  /** What is to be kept in place of `operation`, until it is released. */
  take({ id, name, type, body }: PersistedOperation): PersistedOperation {
    let document = this.#documents.get(body)
    if (!document) this.#documents.set(body, (document = { operations: [], uses: 0 }))
    document.uses += 1
    const known = document.operations.find((operation) => operation.id === id)
    if (known) return known
    const operation = { id, name, type, body: document.operations[0]?.body ?? body }
    document.operations.push(operation)
    return operation
  }

  release({ body }: PersistedOperation): void {
    const document = this.#documents.get(body)
    if (!document) return
    document.uses -= 1
    if (document.uses === 0) this.#documents.delete(body)
  }
}
