import { insightStyle } from './insight-style.ts'
import { insightView } from './insight-view.ts'
import { type PageDocument, type PageNode, toNode, view } from './view.ts'

/** The element that the laboratory is adapted to show in its tab; it is given the answer as `answer`. */
export const insightElement = 'playground-insight'

type PageElement = PageNode & { attachShadow(init: { mode: 'open' }): PageNode & { replaceChildren(): void } }
/** What the element needs of the page that it is in. */
export type InsightPage = {
  document: PageDocument
  HTMLElement: new () => PageElement
  customElements: { define(name: string, element: unknown): void }
}

export function defineInsightElement(page: InsightPage): void {
  page.customElements.define(
    insightElement,
    class extends page.HTMLElement {
      readonly #root = this.attachShadow({ mode: 'open' })
      #answer: string | undefined

      connectedCallback() {
        // So that it can be scrolled by keyboard.
        this.setAttribute('tabindex', '0')
        this.setAttribute('role', 'region')
        this.setAttribute('aria-label', 'Trace')
        this.#draw()
      }

      set answer(answer: string | undefined) {
        // It is given with every change of the laboratory, most of which are not of the answer.
        if (answer === this.#answer) return
        this.#answer = answer
        this.#draw()
      }

      #draw() {
        const drawn = [view('style', {}, insightStyle), insightView(this.#answer)]
        this.#root.replaceChildren()
        this.#root.append(...drawn.map((part) => toNode(page.document, part)))
      }
    },
  )
}
