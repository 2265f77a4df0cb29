import { basketCandidates, basketFeatures } from './basket-choice.ts'
import { evidenceOf } from './evidence.ts'
import { trendOf } from './rank-discoveries.ts'
import type { Ranking, RankingRequest } from './ranking.ts'
import { TopItems } from './top-items.ts'

/** The items that a customer has bought, the likeliest to be in the next basket first. Nothing for a new customer. */
export function rankRepurchases(request: RankingRequest): Ranking {
  return rankCandidates(request, 0)
}

/** Everything, the likeliest to be in the next basket first, whether it was bought before or not. */
export function rankNextBasket(request: RankingRequest): Ranking {
  return rankCandidates(request, request.count)
}

function rankCandidates(request: RankingRequest, discoveries: number): Ranking {
  const { model, demand, history, now, count, excluded } = request
  const candidates = basketCandidates({
    model,
    demand,
    trend: trendOf(demand, model.discovery.trend),
    history,
    evidence: evidenceOf(model, history, now),
    now,
    discoveries,
    ...(excluded && { excluded }),
  })
  const width = basketFeatures.length
  const top = new TopItems(count)
  const because = new Map<number, number>()
  for (const [place, item] of candidates.items.entries()) {
    let score = 0
    for (let feature = 0; feature < width; feature++) {
      score += model.basket[feature]! * candidates.features[place * width + feature]!
    }
    top.offer(item, score)
    because.set(item, candidates.because[place]!)
  }
  const items = top.items
  return {
    items,
    // The model's odds against the first.
    scores: top.scores.map((score, _, scores) => Math.exp(score - scores[0]!)),
    because: Int32Array.from(items, (item) => because.get(item)!),
  }
}
