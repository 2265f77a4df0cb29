import { readArguments } from '@cartograph/command-line'
import { table } from '../print/table.ts'
import type { Outcome, Setting } from '../setting.ts'
import { partnerUsage } from '../shop/documents.ts'
import { findPartner } from '../shop/find-partner.ts'
import { defaultUrl, openShop } from '../shop/open-shop.ts'

const usage = `pnpm partner usage NAME [--days 30] [--url ${defaultUrl}]`
const idLength = 15

interface DayOfOperation {
  readonly operationId: string
  readonly name: string
  readonly day: string
  readonly calls: number
  readonly errors: number
  readonly points: number
}

/** What a partner ran: its operations, the dearest together first, with the day each was last run on. */
export async function showUsage(args: string[], { environment }: Setting): Promise<Outcome> {
  const { values, positionals } = readArguments(
    args,
    { days: { type: 'string' }, url: { type: 'string' } } as const,
    usage,
  )
  const [name, ...rest] = positionals
  if (name === undefined || rest.length > 0) throw new Error(`One NAME is needed. Usage: ${usage}`)
  const days = Number(values.days ?? 30)
  if (!Number.isInteger(days) || days < 1 || days > 90)
    throw new Error(`--days takes a whole number from 1 to 90, not "${values.days}".`)
  await using shop = await openShop(values.url ?? defaultUrl, environment)
  const { id } = await findPartner(shop, name)
  const { partner } = await shop.ask<{ partner: { usage: readonly DayOfOperation[] } }>(partnerUsage, {
    partnerId: id,
    days,
  })
  const within = days === 1 ? 'today' : `in the last ${days} days`
  if (partner.usage.length === 0) return { lines: [`${name} ran nothing ${within}.`] }
  const operations = [...byOperation(partner.usage).values()].toSorted((left, right) => right.points - left.points)
  const sum = (of: (each: DayOfOperation) => number) => operations.reduce((total, each) => total + of(each), 0)
  const rows = operations.map((each) => [
    each.name,
    each.operationId.slice(0, idLength),
    each.calls,
    each.errors,
    each.points,
    each.day.slice(0, 10),
  ])
  const total = [
    'together',
    '',
    sum(({ calls }) => calls),
    sum(({ errors }) => errors),
    sum(({ points }) => points),
    '',
  ]
  return {
    lines: [
      `What ${name} ran ${within}, in UTC:`,
      '',
      ...table([['operation', 'id', 'calls', 'errors', 'points', 'last'], ...rows, total]),
    ],
  }
}

function byOperation(days: readonly DayOfOperation[]): ReadonlyMap<string, DayOfOperation> {
  const operations = new Map<string, DayOfOperation>()
  for (const each of days) {
    const known = operations.get(each.operationId)
    operations.set(each.operationId, {
      ...each,
      day: known && known.day > each.day ? known.day : each.day,
      calls: each.calls + (known?.calls ?? 0),
      errors: each.errors + (known?.errors ?? 0),
      points: each.points + (known?.points ?? 0),
    })
  }
  return operations
}
