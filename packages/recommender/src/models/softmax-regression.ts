import { factorise, substitute } from './cholesky.ts'

/** One choice to learn from: the features of each candidate by rows, and which of them were chosen. */
export interface Choice {
  readonly features: Float64Array
  readonly chosen: readonly boolean[]
}

export interface SoftmaxOptions {
  /** The weights of somebody who has seen nothing; what is learned moves away from them as far as the choices say. */
  readonly prior: Float64Array
  /** How many choices' worth the prior counts. */
  readonly priorStrength: number
}

const mostSteps = 30
const smallStep = 1e-9

/**
 * The weights of a conditional logit (McFadden 1974), in which a candidate is chosen with a probability in proportion to
 * exp(features · weights): those under which the choices are likeliest, each choice counting once however much was chosen
 * in it. Newton's method on a convex problem; the same choices give the same weights. Choices in which everything or nothing was
 * chosen say nothing.
 */
export function fitSoftmaxRegression(
  choices: readonly Choice[],
  { prior, priorStrength }: SoftmaxOptions,
): Float64Array {
  const width = prior.length
  const telling = choices.filter(({ chosen }) => chosen.includes(true) && chosen.includes(false))
  const scales = deviations(telling, width)
  const weights = Float64Array.from(prior)
  const factor = new Float64Array(width * width)
  let loss = lossOf(telling, weights, prior, scales, priorStrength)
  for (let step = 0; step < mostSteps && telling.length > 0; step++) {
    const { gradient, hessian } = derivatives(telling, weights, prior, scales, priorStrength)
    // The ridge is for features that do not vary at all.
    if (!factorise(hessian, factor, width, 1e-9)) break
    const direction = gradient
    substitute(factor, direction, width)
    let stride = 1
    for (;;) {
      const next = weights.map((weight, place) => weight - stride * direction[place]!)
      const nextLoss = lossOf(telling, next, prior, scales, priorStrength)
      if (nextLoss <= loss || stride < smallStep) {
        const gain = loss - nextLoss
        if (gain > 0) weights.set(next)
        loss = Math.min(loss, nextLoss)
        if (gain <= smallStep * Math.abs(loss)) return weights
        break
      }
      stride /= 2
    }
  }
  return weights
}

/** Features differ in their units: the prior holds each weight by the spread of its feature. */
function deviations(choices: readonly Choice[], width: number): Float64Array {
  const sums = new Float64Array(width)
  const squares = new Float64Array(width)
  let count = 0
  for (const { features } of choices) {
    for (let at = 0; at < features.length; at += width) {
      for (let place = 0; place < width; place++) {
        const value = features[at + place]!
        sums[place]! += value
        squares[place]! += value * value
      }
      count++
    }
  }
  return sums.map((sum, place) => Math.max(1e-9, squares[place]! / count - (sum / count) ** 2))
}

function probabilities({ features, chosen }: Choice, weights: Float64Array): Float64Array {
  const width = weights.length
  const scores = new Float64Array(chosen.length)
  let greatest = Number.NEGATIVE_INFINITY
  for (let candidate = 0; candidate < scores.length; candidate++) {
    let score = 0
    for (let place = 0; place < width; place++) score += weights[place]! * features[candidate * width + place]!
    scores[candidate] = score
    greatest = Math.max(greatest, score)
  }
  let sum = 0
  for (const score of scores) sum += Math.exp(score - greatest)
  const logSum = greatest + Math.log(sum)
  return scores.map((score) => Math.exp(score - logSum))
}

function lossOf(
  choices: readonly Choice[],
  weights: Float64Array,
  prior: Float64Array,
  scales: Float64Array,
  strength: number,
): number {
  let loss = 0
  for (const choice of choices) {
    const likelihoods = probabilities(choice, weights)
    let sum = 0
    let count = 0
    for (const [candidate, isChosen] of choice.chosen.entries()) {
      if (!isChosen) continue
      sum += Math.log(Math.max(likelihoods[candidate]!, Number.MIN_VALUE))
      count++
    }
    loss -= sum / count
  }
  for (const [place, weight] of weights.entries()) loss += strength * scales[place]! * (weight - prior[place]!) ** 2
  return loss
}

function derivatives(
  choices: readonly Choice[],
  weights: Float64Array,
  prior: Float64Array,
  scales: Float64Array,
  strength: number,
) {
  const width = weights.length
  const gradient = weights.map((weight, place) => 2 * strength * scales[place]! * (weight - prior[place]!))
  const hessian = new Float64Array(width * width)
  for (let place = 0; place < width; place++) hessian[place * width + place] = 2 * strength * scales[place]!
  const mean = new Float64Array(width)
  for (const choice of choices) {
    const likelihoods = probabilities(choice, weights)
    const count = choice.chosen.reduce((sum, isChosen) => sum + Number(isChosen), 0)
    mean.fill(0)
    for (const [candidate, likelihood] of likelihoods.entries()) {
      const at = candidate * width
      const pull = likelihood - (choice.chosen[candidate] ? 1 / count : 0)
      for (let row = 0; row < width; row++) {
        const value = choice.features[at + row]!
        mean[row]! += likelihood * value
        gradient[row]! += pull * value
        for (let column = 0; column <= row; column++) {
          hessian[row * width + column]! += likelihood * value * choice.features[at + column]!
        }
      }
    }
    for (let row = 0; row < width; row++) {
      for (let column = 0; column <= row; column++) hessian[row * width + column]! -= mean[row]! * mean[column]!
    }
  }
  return { gradient, hessian }
}
