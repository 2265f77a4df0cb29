import type { Trace } from '../../insight.ts'
import { fieldTable } from './field-table.ts'
import { insightOfAnswer } from './insight-of-answer.ts'
import { count, counted, duration, size } from './quantities.ts'
import { timeLine } from './time-line.ts'
import { view, type View } from './view.ts'

/** All that an answer, as text, tells of how it came about; or why there is nothing to be seen. */
export function insightView(answer: string | undefined): View {
  const told = insightOfAnswer(answer)
  if (!told) {
    return view(
      'p',
      { class: 'nothing' },
      answer === undefined
        ? 'Run the operation to see its fetches, its cost, and who owns its fields.'
        : 'This answer does not tell how it came about.',
    )
  }
  const { trace, fields, cost } = told
  return view(
    'div',
    {},
    view(
      'p',
      { class: 'summary' },
      ...summaryOf(trace).map((text) => view('span', {}, text)),
      ...(cost ? [view('span', { class: 'cost' }, `cost ${count(cost.estimated)} of ${count(cost.most)}`)] : []),
    ),
    ...(trace.fetches.length > 0 ? [timeLine(trace)] : []),
    fieldTable(fields),
  )
}

function summaryOf({ durationMs, totals }: Trace): string[] {
  const { fetches, entities, sentBytes, receivedBytes, retries, failures } = totals
  return [
    `${counted(fetches, 'fetch', 'fetches')} in ${duration(durationMs)}`,
    counted(entities, 'row', 'rows'),
    `${size(sentBytes)} sent`,
    `${size(receivedBytes)} received`,
    ...(retries > 0 ? [counted(retries, 'retry', 'retries')] : []),
    ...(failures > 0 ? [`${count(failures)} failed`] : []),
  ]
}
