import { documentIdOf } from '@cartograph/persisted-operations'
import type { Logger } from '@cartograph/service-runtime/process'

const mostRemembered = 10_000
const longestShown = 200

/** Logs each text that runs although it is not persisted, once; that of a partner once for each partner. */
export class RefusableTexts {
  readonly #logger: Logger
  readonly #logged = new Set<string>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** `partnerId` where it is a partner that sends it. */
  add(query: string, partnerId?: string): void {
    const documentId = documentIdOf(query)
    const key = partnerId === undefined ? documentId : `${documentId} ${partnerId}`
    if (this.#logged.has(key)) return
    // Strangers can send any number of texts.
    if (this.#logged.size >= mostRemembered) this.#logged.clear()
    this.#logged.add(key)
    const who = partnerId === undefined ? {} : { partnerId }
    this.#logger.warn(
      { documentId, query: query.slice(0, longestShown), ...who },
      'an operation that is not persisted ran',
    )
  }
}
