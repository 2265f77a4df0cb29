import { documentIdOf } from '@cartograph/persisted-operations'
import type { Logger } from '@cartograph/service-runtime/process'

const mostRemembered = 10_000
const longestShown = 200

/** Logs each text that runs although it is not persisted, once. */
export class RefusableTexts {
  readonly #logger: Logger
  readonly #logged = new Set<string>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  add(query: string): void {
    const documentId = documentIdOf(query)
    if (this.#logged.has(documentId)) return
    // Strangers can send any number of texts.
    if (this.#logged.size >= mostRemembered) this.#logged.clear()
    this.#logged.add(documentId)
    this.#logger.warn({ documentId, query: query.slice(0, longestShown) }, 'an operation that is not persisted ran')
  }
}
