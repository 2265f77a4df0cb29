import { readArguments } from '@cartograph/command-line'
import { shownNumber } from '../print/counted.ts'
import type { Outcome, Setting } from '../setting.ts'
import { acceptPayload, type Payload } from '../shop/accept-payload.ts'
import { partnerCreate } from '../shop/documents.ts'
import { defaultUrl, openShop } from '../shop/open-shop.ts'

const usage = `pnpm partner create NAME --points N [--scopes a,b] [--url ${defaultUrl}]`

interface Created {
  readonly partnerCreate: Payload & {
    readonly partner: { readonly name: string; readonly scopes: readonly string[]; readonly pointsPerMinute: number }
  }
}

/** Adds a partner, which can do nothing yet. */
export async function createPartner(args: string[], { environment }: Setting): Promise<Outcome> {
  const options = { points: { type: 'string' }, scopes: { type: 'string' }, url: { type: 'string' } } as const
  const { values, positionals } = readArguments(args, options, usage)
  const [name, ...rest] = positionals
  if (name === undefined || rest.length > 0) throw new Error(`One NAME is needed. Usage: ${usage}`)
  if (values.points === undefined) throw new Error(`--points is missing. Usage: ${usage}`)
  if (!/^\d+$/.test(values.points))
    throw new Error(`--points takes a whole number, what a partner may spend in a minute, not "${values.points}".`)
  const scopes = (values.scopes ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '')
  await using shop = await openShop(values.url ?? defaultUrl, environment)
  const input = { name, scopes, pointsPerMinute: Number(values.points) }
  const { partner } = acceptPayload((await shop.ask<Created>(partnerCreate, { input })).partnerCreate)
  const may = partner.scopes.length === 0 ? 'what anybody may' : partner.scopes.join(', ')
  const called = partner.name.includes(' ') ? JSON.stringify(partner.name) : partner.name
  return {
    lines: [
      `${partner.name} is a partner: ${shownNumber(partner.pointsPerMinute)} points a minute, ${may}.`,
      '',
      `What it sends with each request:  pnpm partner key ${called}`,
      `What it may ask for:              pnpm partner publish DIR`,
    ],
  }
}
