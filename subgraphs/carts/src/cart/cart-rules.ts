import { invalidInput, notFound, refuseIfAny, type UserErrorData, validationError } from '@cartograph/error-catalogue'
import type { CurrencyCode } from '@cartograph/money'
import type { Availability } from './ask-availability.ts'
import type { Offers } from './ask-offers.ts'
import { insufficientStock } from './cart-refusals.ts'
import type { CartLine } from './cart.ts'

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

/** A line as it is to be: of a variant that is in the cart already, or a new one. */
export interface LinePut {
  readonly variantId: string
  readonly quantity: number
  readonly unitPrice: number
  readonly position: number
}

export interface LineChanges {
  readonly puts: readonly LinePut[]
  readonly removedIds: readonly string[]
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
 * The lines after adding `demand`, each at the price of its offer. Throws Refused with all that speaks against it.
 * Without `availability` stock is not looked at.
 */
export function planAddition(
  cart: { readonly currencyCode: CurrencyCode; readonly lines: readonly CartLine[] },
  { demand, offers, availability }: { demand: readonly Demand[]; offers: Offers; availability: Availability | null },
): LineChanges {
  const lineOfVariant = new Map(cart.lines.map((line) => [line.variantId, line]))
  const problems: UserErrorData[] = []
  const puts: LinePut[] = []
  let nextPosition = (cart.lines.at(-1)?.position ?? -1) + 1
  for (const { variantId, units, path } of demand) {
    const line = lineOfVariant.get(variantId)
    const offer = offers.get(variantId)
    const quantity = (line?.quantity ?? 0) + units
    const available = availability && (availability.get(variantId) ?? 0)
    if (!offer) problems.push(notFound('The variant does not exist or cannot be bought.', [...path, 'variantId']))
    else if (offer.currencyCode !== cart.currencyCode) {
      const message = `The variant is priced in ${offer.currencyCode}, the cart in ${cart.currencyCode}.`
      problems.push(validationError('CURRENCY_MISMATCH', message, [...path, 'variantId']))
    } else if (quantity > mostUnits) {
      problems.push(
        validationError('CART_LIMIT_EXCEEDED', `A line holds at most ${mostUnits} units.`, [...path, 'quantity']),
      )
    } else if (available !== null && quantity > available) {
      problems.push(insufficientStock({ variantId, requested: quantity, available }, [...path, 'quantity']))
    } else puts.push({ variantId, quantity, unitPrice: offer.minorUnits, position: line?.position ?? nextPosition++ })
  }
  const newLines = demand.filter(({ variantId }) => !lineOfVariant.has(variantId)).length
  if (newLines > 0 && cart.lines.length + newLines > mostLines) {
    problems.push(validationError('CART_LIMIT_EXCEEDED', `A cart holds at most ${mostLines} lines.`, ['lines']))
  }
  refuseIfAny(problems)
  return { puts, removedIds: [] }
}

/**
 * The lines after setting quantities; prices stay. Throws Refused for a line the cart lacks, and for a raised quantity
 * that `availability` says is not there. What it does not tell is not looked at.
 */
export function planUpdate(
  lines: readonly CartLine[],
  updates: readonly LineUpdate[],
  availability: Availability | null,
): LineChanges {
  const lineOfId = new Map(lines.map((line) => [line.id, line]))
  const problems: UserErrorData[] = []
  const puts: LinePut[] = []
  const removedIds: string[] = []
  updates.forEach(({ lineId, quantity }, index) => {
    const path = ['lines', String(index)]
    const line = lineOfId.get(lineId)
    if (!line) return void problems.push(notFound('The line does not exist.', [...path, 'lineId']))
    const { variantId, position } = line
    const available = availability?.get(variantId)
    if (quantity > line.quantity && available !== undefined && quantity > available) {
      problems.push(insufficientStock({ variantId, requested: quantity, available }, [...path, 'quantity']))
    } else if (quantity === 0) removedIds.push(lineId)
    else puts.push({ variantId, quantity, unitPrice: line.unitPrice.minorUnits, position })
  })
  refuseIfAny(problems)
  return { puts, removedIds }
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
