import { request } from 'undici'

export interface BrowserAnswer {
  readonly status: number
  readonly text: string
  /** Each `set-cookie` header of the answer, as it came. */
  readonly setCookies: readonly string[]
  // The shape is whatever the test asks for.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any
}

export interface Sent {
  readonly method?: string
  readonly body?: string
  readonly headers?: Record<string, string>
}

/**
 * As much of a browser as sessions need: it keeps cookies by name and sends all of them. It sends no header by itself,
 * so that a test says which page, ours or a stranger's, a request comes from.
 */
export class Browser {
  readonly #origin: string
  readonly cookies = new Map<string, string>()

  constructor(gatewayUrl: string) {
    this.#origin = new URL(gatewayUrl).origin
  }

  /** Another browser with the same cookies, from which the two go apart. */
  copy(): Browser {
    const copy = new Browser(this.#origin)
    for (const [name, value] of this.cookies) copy.cookies.set(name, value)
    return copy
  }

  async send(path: string, { method = 'POST', body, headers = {} }: Sent = {}): Promise<BrowserAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await request(`${this.#origin}${path}`, {
      method: method as 'POST',
      headers: { ...(cookie && { cookie }), ...headers },
      body: body ?? null,
    })
    const text = await response.body.text()
    const setCookies = [response.headers['set-cookie'] ?? []].flat()
    for (const header of setCookies) this.#keep(header)
    const isJson = String(response.headers['content-type']).includes('json')
    return { status: response.statusCode, text, setCookies, json: isJson ? (JSON.parse(text) as unknown) : undefined }
  }

  /** Posts JSON, as a script of a page does. */
  post(path: string, content: object, headers: Record<string, string> = {}): Promise<BrowserAnswer> {
    return this.send(path, {
      body: JSON.stringify(content),
      headers: { 'content-type': 'application/json', ...headers },
    })
  }

  /** What a readable cookie holds; `undefined` where there is none. */
  csrfToken(): string {
    const found = [...this.cookies].find(([name]) => name.endsWith('cartograph-csrf'))
    if (!found) throw new Error('the browser has no CSRF cookie')
    return found[1]
  }

  #keep(header: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
    if (/; Max-Age=0(;|$)/.test(header)) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}
