import { performance } from 'node:perf_hooks'
import type { Contender, ContenderKind, Question, Rank } from './contender.ts'
import { poseQuestions, type PosedQuestion, soldItems } from './pose-questions.ts'
import { measureRanking, rankingDepth, type RankingMetrics } from './ranking-metrics.ts'
import type { SplitLog } from './split-log.ts'

/** How one contender answered one question: means over the customers. */
export interface ContenderScore extends RankingMetrics {
  readonly name: string
  readonly kind: ContenderKind
  /** The share of the items sold before the cutoff that stand in the first ten for anybody. */
  readonly coverage: number
}

/** How everybody who answers a question answered it, in the order of the contenders. */
export interface QuestionScores {
  readonly question: Question
  readonly customers: number
  readonly scores: readonly ContenderScore[]
}

export interface Evaluation {
  readonly questions: readonly QuestionScores[]
  /** Seconds of wall clock that each contender took to learn. */
  readonly fitting: readonly { readonly name: string; readonly seconds: number }[]
}

/** Who is told how far an evaluation has come. */
export interface EvaluationListener {
  onFit(name: string): void
}

/**
 * Fits each contender that answers any of the questions on the orders before the cutoff, one after the other so that
 * none shares memory or cores with another, and asks it of every customer. Throws when a ranking is none.
 */
export async function evaluateContenders(
  split: SplitLog,
  questions: readonly Question[],
  contenders: readonly Contender[],
  listener: EvaluationListener,
): Promise<Evaluation> {
  const itemCount = soldItems(split.train).size
  const posed = questions.map((question) => ({ question, asked: poseQuestions(split, question) }))
  const scores = new Map(questions.map((question): [Question, ContenderScore[]] => [question, []]))
  const fitting: { name: string; seconds: number }[] = []
  for (const contender of contenders.filter(({ answers }) => answers.some((question) => scores.has(question)))) {
    const { name, kind, answers } = contender
    listener.onFit(name)
    const startedAt = performance.now()
    const rank = await contender.fit(split.train, split.now)
    fitting.push({ name, seconds: (performance.now() - startedAt) / 1000 })
    for (const { question, asked } of posed) {
      if (!answers.includes(question) || asked.length === 0) continue
      scores.get(question)?.push({ name, kind, ...scoreAnswers(name, rank, question, asked, itemCount) })
    }
  }
  return {
    questions: posed.map(({ question, asked }) => ({
      question,
      customers: asked.length,
      scores: scores.get(question) ?? [],
    })),
    fitting,
  }
}

function scoreAnswers(
  name: string,
  rank: Rank,
  question: Question,
  asked: readonly PosedQuestion[],
  itemCount: number,
): RankingMetrics & { readonly coverage: number } {
  const sums = { ndcg: 0, recall: 0, hitRate: 0 }
  const shown = new Set<number>()
  for (const { history, bought, relevant } of asked) {
    const ranking = rank(history, question, rankingDepth)
    const isRanking =
      ranking.length <= rankingDepth &&
      new Set(ranking).size === ranking.length &&
      (question === 'next-basket' || !ranking.some((item) => bought.has(item)))
    if (!isRanking) {
      throw new Error(`${name} answers ${question} with more than was asked for, an item twice, or one bought before.`)
    }
    for (const item of ranking) shown.add(item)
    const { ndcg, recall, hitRate } = measureRanking(ranking, relevant)
    sums.ndcg += ndcg
    sums.recall += recall
    sums.hitRate += hitRate
  }
  return {
    ndcg: sums.ndcg / asked.length,
    recall: sums.recall / asked.length,
    hitRate: sums.hitRate / asked.length,
    coverage: shown.size / itemCount,
  }
}
