// Runs in the browser, bundled with what it imports.
import type { InitialState } from '../initial-state.ts'
import { defineInsightElement, type InsightPage } from './insight/insight-element.ts'

export type BootConfig = {
  endpoint: string
  requestHeaders: Record<string, string>
  /** Where Monaco finds the worker of each of its services. */
  workers: Record<string, string>
  /** Of the examples. */
  version: string
  state: Omit<InitialState, 'version'>
}

type Collection = { id: string }
type Page = InsightPage & {
  document: { getElementById(id: string): { textContent: string } }
  location: { origin: string }
  localStorage: {
    getItem(key: string): string | null
    setItem(key: string, value: string): void
    removeItem(key: string): void
  }
  fetch: typeof fetch
  MonacoEnvironment: { globalAPI: boolean; getWorkerUrl(module: string, label: string): string }
  HiveLaboratory: { renderLaboratory(root: unknown, props: Record<string, unknown>): void }
}
;(function boot() {
  const page = globalThis as unknown as Page
  const config = JSON.parse(page.document.getElementById('playground-config').textContent) as BootConfig
  const endpoint = page.location.origin + config.endpoint

  page.MonacoEnvironment = {
    globalAPI: false,
    getWorkerUrl: (_module, label) => config.workers[label] ?? config.workers['editorWorkerService'] ?? '',
  }
  addRequestHeaders()
  if (read('version') !== config.version) seed()
  defineInsightElement(page)
  page.HiveLaboratory.renderLaboratory(page.document.getElementById('laboratory'), {
    theme: 'dark',
    enableDocs: true,
    enableFullScreen: false,
    defaultEndpoint: endpoint,
    onEndpointChange: () => {},
    preflightNotice: 'This playground forbids its page to evaluate code, so they do not run here.',
    ...persistent('Collections', 'Operations', 'Tabs', 'ActiveTabId', 'Settings', 'Env', 'Preflight'),
    defaultHistory: read('history') ?? [],
    onHistoryChange: writeHistory,
  })

  /** What the visitor has is theirs; only the collection of examples is ours to replace. */
  function seed() {
    const { collections, ...rest } = config.state
    const ids = new Set(collections.map(({ id }) => id))
    const own = ((read('collections') ?? []) as Collection[]).filter(({ id }) => !ids.has(id))
    write('collections', [...collections, ...own])
    for (const [key, value] of Object.entries(rest)) if (read(key) === null) write(key, value)
    write('version', config.version)
  }

  /** The pair of properties by which the laboratory is given a part of its state, and tells of its changes. */
  function persistent(...names: string[]): Record<string, unknown> {
    const seeds = config.state as Record<string, unknown>
    return Object.fromEntries(
      names.flatMap((name) => {
        const key = name.charAt(0).toLowerCase() + name.slice(1)
        return [
          [`default${name}`, read(key) ?? seeds[key] ?? null],
          [`on${name}Change`, (value: unknown) => write(key, value)],
        ]
      }),
    )
  }

  /** Answers are kept with the history, and a browser grants a site about 5 MB: the oldest give way. */
  function writeHistory(history: unknown[]) {
    for (let kept = history.slice(-50); !write('history', kept); kept = kept.slice(Math.ceil(kept.length / 2))) {
      if (kept.length === 0) return
    }
  }

  function read(key: string): unknown {
    try {
      return JSON.parse(page.localStorage.getItem(`playground:${key}`) ?? 'null')
    } catch {
      return null
    }
  }

  /** Says whether it was kept: a browser may refuse for want of room, or refuse storage altogether. */
  function write(key: string, value: unknown): boolean {
    try {
      page.localStorage.setItem(`playground:${key}`, JSON.stringify(value))
      return true
    } catch {
      return false
    }
  }

  function addRequestHeaders() {
    const added = Object.entries(config.requestHeaders)
    if (added.length === 0) return
    const original = page.fetch.bind(globalThis)
    page.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : input.toString()
      if (url !== endpoint) return original(input, init)
      const headers = new Headers(init?.headers)
      for (const [name, value] of added) if (!headers.has(name)) headers.set(name, value)
      return original(input, { ...init, headers })
    }
  }
})()
