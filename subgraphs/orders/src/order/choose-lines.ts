import { invalidInput, notFound, refuseIfAny, type UserErrorData } from '@cartograph/error-catalogue'
import type { OrderLine } from './order-line.ts'

export interface LineChoice {
  readonly line: OrderLine
  readonly quantity: number
  /** The input that names it. */
  readonly path: string[]
}

/** The lines of an order that a request names. Throws Refused with all that is wrong, `problemOf` included. */
export function chooseLines(
  orderLines: readonly OrderLine[],
  inputs: readonly { readonly orderLineId: string; readonly quantity: number }[],
  problemOf: (choice: LineChoice) => UserErrorData | null,
): LineChoice[] {
  const byId = new Map(orderLines.map((line) => [line.id, line]))
  const problems: UserErrorData[] = []
  const choices: LineChoice[] = []
  inputs.forEach(({ orderLineId, quantity }, index) => {
    const path = ['lines', String(index)]
    const line = byId.get(orderLineId)
    if (!line) problems.push(notFound('The line does not exist.', [...path, 'orderLineId']))
    else if (choices.some((choice) => choice.line.id === line.id))
      problems.push(invalidInput('The line is named twice.', [...path, 'orderLineId']))
    else if (quantity < 1) problems.push(invalidInput('A quantity is at least 1.', [...path, 'quantity']))
    else {
      const choice = { line, quantity, path: [...path, 'quantity'] }
      const problem = problemOf(choice)
      if (problem) problems.push(problem)
      choices.push(choice)
    }
  })
  if (inputs.length === 0) problems.push(invalidInput('Name at least one line.', ['lines']))
  refuseIfAny(problems)
  return choices
}
