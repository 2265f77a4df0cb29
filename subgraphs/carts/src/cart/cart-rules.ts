import { invalidInput, notFound, refuseIfAny, type UserErrorData, validationError } from '@cartograph/error-catalogue'
import type { CurrencyCode } from '@cartograph/money'
import type { Findings } from './ask-about-variants.ts'
import type { Availability } from './ask-availability.ts'
import type { Offers } from './ask-offers.ts'
import { insufficientStock } from './cart-refusals.ts'
import type { CartLine } from './cart.ts'
import { atOffer, type LineChanges, type LinePut, putOf } from './line-put.ts'

export const mostLines = 100
export const mostUnits = 9_999
export const mostInputs = 100

export interface LineAddition {
  readonly variantId: string
  readonly quantity: number
}

export interface LineUpdate {
  readonly lineId: string
  readonly quantity: number
}

/** What is asked for of one variant. */
export interface Demand {
  readonly variantId: string
  readonly units: number
  /** The first input that names the variant. */
  readonly path: string[]
}

/** What is wanted of each variant, in the order of first mention. Throws Refused for inputs that break a rule. */
export function demandOf(additions: readonly LineAddition[]): Demand[] {
  refuseIfAny([
    ...checkInputCount(additions, 'lines'),
    ...additions.flatMap(({ quantity }, index) => checkUnits(quantity, 1, ['lines', String(index), 'quantity'])),
  ])
  const demand = new Map<string, Demand>()
  additions.forEach(({ variantId, quantity }, index) => {
    const earlier = demand.get(variantId)
    demand.set(
      variantId,
      earlier
        ? { ...earlier, units: earlier.units + quantity }
        : { variantId, units: quantity, path: ['lines', String(index)] },
    )
  })
  return [...demand.values()]
}

/** Throws Refused for updates that break a rule whatever the cart holds. */
export function checkUpdates(updates: readonly LineUpdate[]): void {
  const named = new Set<string>()
  refuseIfAny([
    ...checkInputCount(updates, 'lines'),
    ...updates.flatMap(({ lineId, quantity }, index) => [
      ...(named.size === named.add(lineId).size
        ? [invalidInput('The line is named twice.', ['lines', String(index), 'lineId'])]
        : []),
      ...checkUnits(quantity, 0, ['lines', String(index), 'quantity']),
    ]),
  ])
}

/** One problem when there are no inputs, or more than one call takes. */
export function checkInputCount(inputs: readonly unknown[], argument: string): UserErrorData[] {
  return inputs.length >= 1 && inputs.length <= mostInputs
    ? []
    : [invalidInput(`Give 1 to ${mostInputs} of them.`, [argument])]
}

/**
 * The lines after adding `demand`, each at the price of its offer. Throws Refused with all that speaks against it. An
 * empty cart takes the currency of the first offer. Without `availability` stock is not looked at.
 */
export function planAddition(
  cart: { readonly currencyCode: CurrencyCode; readonly lines: readonly CartLine[] },
  { demand, offers, availability }: { demand: readonly Demand[]; offers: Offers; availability: Availability | null },
): LineChanges {
  const lineOfVariant = new Map(cart.lines.map((line) => [line.variantId, line]))
  const currencyCode = cart.lines.length > 0 ? cart.currencyCode : firstCurrency(demand, offers)
  const problems: UserErrorData[] = []
  const puts: LinePut[] = []
  let nextPosition = (cart.lines.at(-1)?.position ?? -1) + 1
  for (const { variantId, units, path } of demand) {
    const line = lineOfVariant.get(variantId)
    const offer = offers.get(variantId)
    const quantity = (line?.quantity ?? 0) + units
    const available = availability && (availability.get(variantId) ?? 0)
    if (!offer) problems.push(notFound('The variant does not exist or cannot be bought.', [...path, 'variantId']))
    else if (offer.price.currencyCode !== currencyCode) {
      const message = `The variant is priced in ${offer.price.currencyCode}, the cart in ${currencyCode}.`
      problems.push(validationError('CURRENCY_MISMATCH', message, [...path, 'variantId']))
    } else if (quantity > mostUnits) {
      problems.push(
        validationError('CART_LIMIT_EXCEEDED', `A line holds at most ${mostUnits} units.`, [...path, 'quantity']),
      )
    } else if (available !== null && quantity > available) {
      problems.push(insufficientStock({ variantId, requested: quantity, available }, [...path, 'quantity']))
    } else puts.push({ variantId, quantity, ...atOffer(line, offer), position: line?.position ?? nextPosition++ })
  }
  const newLines = demand.filter(({ variantId }) => !lineOfVariant.has(variantId)).length
  if (newLines > 0 && cart.lines.length + newLines > mostLines) {
    problems.push(validationError('CART_LIMIT_EXCEEDED', `A cart holds at most ${mostLines} lines.`, ['lines']))
  }
  refuseIfAny(problems)
  return { puts, removedIds: [], ...(currencyCode !== undefined && { currencyCode }) }
}

function firstCurrency(demand: readonly Demand[], offers: Offers): CurrencyCode | undefined {
  return demand.map(({ variantId }) => offers.get(variantId)?.price.currencyCode).find((code) => code !== undefined)
}

/**
 * The lines after setting quantities. A raised one costs what its offer says; the others keep their price, and so does
 * one that was not asked about. Throws Refused for a line the cart lacks, and for a raised quantity that cannot be
 * bought: not for sale, in another currency, or more than `availability` has, where it tells of it.
 */
export function planUpdate(
  lines: readonly CartLine[],
  updates: readonly LineUpdate[],
  findings: Findings,
): LineChanges {
  const lineOfId = new Map(lines.map((line) => [line.id, line]))
  const problems: UserErrorData[] = []
  const puts: LinePut[] = []
  const removedIds: string[] = []
  updates.forEach(({ lineId, quantity }, index) => {
    const path = ['lines', String(index)]
    const line = lineOfId.get(lineId)
    if (!line) return void problems.push(notFound('The line does not exist.', [...path, 'lineId']))
    if (quantity === 0) return void removedIds.push(lineId)
    const raised = quantity > line.quantity && findings.asked.has(line.variantId)
    const problem = raised ? problemOfRaising(line, quantity, findings, [...path, 'quantity']) : null
    if (problem) return void problems.push(problem)
    const offer = raised ? findings.offers?.get(line.variantId) : undefined
    puts.push({ ...putOf(line), quantity, ...(offer && atOffer(line, offer)) })
  })
  refuseIfAny(problems)
  return { puts, removedIds }
}

function problemOfRaising(
  { variantId, unitPrice }: CartLine,
  quantity: number,
  { offers, availability }: Findings,
  path: string[],
): UserErrorData | null {
  const offer = offers?.get(variantId)
  if (offers && !offer) return validationError('NOT_FOR_SALE', 'The variant is no longer for sale.', path)
  if (offer && offer.price.currencyCode !== unitPrice.currencyCode) {
    const message = `The variant is priced in ${offer.price.currencyCode}, the cart in ${unitPrice.currencyCode}.`
    return validationError('CURRENCY_MISMATCH', message, path)
  }
  const available = availability && (availability.get(variantId) ?? 0)
  return available !== null && quantity > available
    ? insufficientStock({ variantId, requested: quantity, available }, path)
    : null
}

/** The removal of these lines. Throws Refused for one that the cart lacks. */
export function planRemoval(lines: readonly CartLine[], lineIds: readonly string[]): LineChanges {
  const known = new Set(lines.map(({ id }) => id))
  refuseIfAny(
    lineIds.flatMap((lineId, index) =>
      known.has(lineId) ? [] : [notFound('The line does not exist.', ['lineIds', String(index)])],
    ),
  )
  return { puts: [], removedIds: [...new Set(lineIds)] }
}

function checkUnits(quantity: number, least: number, path: string[]): UserErrorData[] {
  return quantity >= least && quantity <= mostUnits
    ? []
    : [invalidInput(`A quantity is ${least} to ${mostUnits} units.`, path)]
}
