import type { Insight, OperationCost } from '../../insight.ts'

export type ToldInsight = Insight & { cost: OperationCost | null }

/** What an answer, as text, tells of how it came about; null when it does not. */
export function insightOfAnswer(text: string | undefined): ToldInsight | null {
  const { insight, cost } = extensionsOf(text) as { insight?: Partial<Insight>; cost?: OperationCost }
  if (!insight?.trace || !Array.isArray(insight.trace.fetches) || !Array.isArray(insight.fields)) return null
  return { trace: insight.trace, fields: insight.fields, cost: cost ?? null }
}

function extensionsOf(text: string | undefined): object {
  try {
    const { extensions } = JSON.parse(text ?? '{}') as { extensions?: object }
    return extensions ?? {}
  } catch {
    return {}
  }
}
