import type { FetchInsight, Trace } from '../../insight.ts'
import { count, counted, duration, size } from './quantities.ts'
import { cell, heading, view, type View } from './view.ts'

/** One row for each fetch, in the order in which they were sent, with a bar where and as long as it took. */
export function timeLine({ plannedMs, durationMs, fetches }: Trace): View {
  const columns = ['Rows', 'Sent', 'Received', 'Took'].map((name) =>
    view('th', { scope: 'col', class: 'number' }, name),
  )
  return view(
    'table',
    { class: 'time-line' },
    view('caption', {}, 'Fetches'),
    view(
      'thead',
      {},
      view('tr', {}, view('th', { scope: 'col', 'aria-label': 'Service and time' }, scale(durationMs)), ...columns),
    ),
    view(
      'tbody',
      {},
      ...(plannedMs === null ? [] : [planningRow(plannedMs, durationMs)]),
      ...fetches.map((fetch) => fetchRow(fetch, durationMs)),
    ),
  )
}

function planningRow(plannedMs: number, durationMs: number): View {
  const head = [view('span', { class: 'service' }, 'gateway'), ' ', view('span', { class: 'note' }, 'plans')]
  const none = cell('number')
  return view(
    'tr',
    { class: 'planning' },
    heading('row', ...head, bar(0, plannedMs, durationMs)),
    none,
    none,
    none,
    cell('number', duration(plannedMs)),
  )
}

function fetchRow(fetch: FetchInsight, durationMs: number): View {
  const { service, paths, entities, startMs, sentBytes, receivedBytes, retries, failure } = fetch
  return view(
    'tr',
    { class: failure === undefined ? 'fetch' : 'fetch failed' },
    heading(
      'row',
      view('span', { class: 'service' }, service),
      ...(retries > 0 ? [' ', view('span', { class: 'note' }, counted(retries, 'retry', 'retries'))] : []),
      ...(failure === undefined ? [] : [' ', view('span', { class: 'failure' }, `failed: ${failure}`)]),
      bar(startMs, fetch.durationMs, durationMs),
      ...paths.map((path) => view('code', { class: 'place' }, placeOf(path))),
    ),
    cell('number', entities === 0 ? '–' : count(entities)),
    cell('number', size(sentBytes)),
    cell('number', size(receivedBytes)),
    cell('number', duration(fetch.durationMs)),
  )
}

/** `products.nodes.@.price` as `products.nodes[].price`. */
function placeOf(path: string): string {
  return path === '' ? 'root fields' : path.replaceAll('.@', '[]')
}

function bar(startMs: number, tookMs: number, wholeMs: number): View {
  const percent = (ms: number) => `${wholeMs > 0 ? ((100 * ms) / wholeMs).toFixed(2) : 0}%`
  const title = `from ${duration(startMs)} to ${duration(startMs + tookMs)}`
  return view(
    'div',
    { class: 'lane', role: 'img', 'aria-label': title, title },
    view('div', { class: 'bar', style: `left: ${percent(startMs)}; width: ${percent(tookMs)}` }),
  )
}

function scale(wholeMs: number): View {
  const marks = [0, wholeMs / 2, wholeMs].map((ms) => view('span', {}, ms === 0 ? '0' : duration(ms)))
  return view('div', { class: 'scale' }, ...marks)
}
