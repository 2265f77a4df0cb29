import type { ContenderScore, Evaluation, QuestionScores } from '../evaluate-contenders.ts'

/** What was evaluated. */
export interface EvaluatedData {
  readonly protocol: 'temporal-split' | 'leave-one-out'
  readonly file: string
  readonly lines: number
  readonly orders: number
  readonly customers: number
  readonly items: number
  /** Null where there are no times. */
  readonly cutoff: { readonly at: Date; readonly isGiven: boolean } | null
}

/** How much better a model of ours is than the best baseline, by NDCG. */
export interface Advantage {
  readonly name: string
  readonly baseline: string
  /** Null when the baseline scores nothing at all. */
  readonly percent: number | null
}

export interface EvaluationReport extends EvaluatedData, Pick<Evaluation, 'fitting'> {
  readonly questions: readonly (QuestionScores & { readonly advantages: readonly Advantage[] })[]
  readonly peakRssBytes: number
}

export function evaluationReport(data: EvaluatedData, evaluation: Evaluation, peakRssBytes: number): EvaluationReport {
  return {
    ...data,
    questions: evaluation.questions.map((question) => ({ ...question, advantages: advantagesOf(question.scores) })),
    fitting: evaluation.fitting,
    peakRssBytes,
  }
}

/** Of each model of ours against the baseline with the greatest NDCG, the first of equals; none without a baseline. */
export function advantagesOf(scores: readonly ContenderScore[]): Advantage[] {
  const best = scores
    .filter(({ kind }) => kind === 'baseline')
    .reduce<ContenderScore | null>((top, score) => (top === null || score.ndcg > top.ndcg ? score : top), null)
  if (best === null) return []
  return scores
    .filter(({ kind }) => kind === 'served')
    .map(({ name, ndcg }) => ({
      name,
      baseline: best.name,
      percent: best.ndcg === 0 ? null : (ndcg / best.ndcg - 1) * 100,
    }))
}
