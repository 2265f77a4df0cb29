/** A part of a page, as data: what draws it needs no browser to be tested. */
export type View = string | { tag: string; attributes: Record<string, string>; children: View[] }

export function view(tag: string, attributes: Record<string, string>, ...children: View[]): View {
  return { tag, attributes, children }
}

/** A cell that says nothing but how the row or column it heads is called. */
export const heading = (scope: 'col' | 'row', ...children: View[]): View => view('th', { scope }, ...children)

export const cell = (className: string, ...children: View[]): View => view('td', { class: className }, ...children)

/** What a browser has of a node, as far as views need it. */
export type PageNode = {
  append(...children: (PageNode | string)[]): void
  setAttribute(name: string, value: string): void
}
export type PageDocument = { createElement(tag: string): PageNode }

/** Makes the nodes of a view. Texts stay texts, whatever stands in them. */
export function toNode(document: PageDocument, drawn: View): PageNode | string {
  if (typeof drawn === 'string') return drawn
  const node = document.createElement(drawn.tag)
  for (const [name, value] of Object.entries(drawn.attributes)) node.setAttribute(name, value)
  node.append(...drawn.children.map((child) => toNode(document, child)))
  return node
}

/** What a reader sees of a view: its texts, those of siblings apart. */
export function textOf(drawn: View): string {
  return typeof drawn === 'string' ? drawn : drawn.children.map(textOf).filter(Boolean).join(' ')
}
