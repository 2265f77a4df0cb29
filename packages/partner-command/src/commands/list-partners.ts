import { readArguments } from '@cartograph/command-line'
import { table } from '../print/table.ts'
import type { Outcome, Setting } from '../setting.ts'
import { allPages, type Connection } from '../shop/all-pages.ts'
import { partnerList } from '../shop/documents.ts'
import { defaultUrl, openShop } from '../shop/open-shop.ts'

const usage = `pnpm partner list [--url ${defaultUrl}]`

interface ListedPartner {
  readonly name: string
  readonly scopes: readonly string[]
  readonly pointsPerMinute: number
  readonly keys: readonly {
    readonly prefix: string
    readonly expiresAt: string | null
    readonly revokedAt: string | null
  }[]
  readonly manifests: {
    readonly edges: readonly {
      readonly node: { readonly version: number; readonly status: string; readonly operationCount: number }
    }[]
  }
}

/** Every partner with what it may spend, its keys that let it in, and the newest of its manifests. */
export async function listPartners(args: string[], { environment, now }: Setting): Promise<Outcome> {
  const { values, positionals } = readArguments(args, { url: { type: 'string' } } as const, usage)
  if (positionals.length > 0) throw new Error(`That is too much for "list". Usage: ${usage}`)
  await using shop = await openShop(values.url ?? defaultUrl, environment)
  const edges = await allPages(
    async (after) =>
      (await shop.ask<{ partners: Connection<{ readonly node: ListedPartner }> }>(partnerList, { after })).partners,
  )
  if (edges.length === 0) return { lines: ['There are no partners. To add one: pnpm partner create NAME --points N'] }
  const header = ['partner', 'points/min', 'version', 'operations', 'keys', 'scopes']
  return { lines: table([header, ...edges.map(({ node }) => row(node, now()))]) }
}

function row({ name, scopes, pointsPerMinute, keys, manifests }: ListedPartner, now: Date): (string | number)[] {
  const live = keys.filter(
    ({ expiresAt, revokedAt }) => revokedAt === null && (expiresAt === null || new Date(expiresAt) > now),
  )
  const [newest] = manifests.edges
  const version = newest ? `${newest.node.version} ${newest.node.status.toLowerCase()}` : 'none'
  return [
    name,
    pointsPerMinute,
    version,
    newest?.node.operationCount ?? 0,
    live.map(({ prefix }) => prefix).join(', ') || 'none',
    scopes.join(', ') || 'none',
  ]
}
