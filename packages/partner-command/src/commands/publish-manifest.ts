import { partnerFolder, type PartnerFolder } from '@cartograph/client-checks'
import { inputFolder, readArguments } from '@cartograph/command-line'
import { askById } from '../manifest/ask-by-id.ts'
import { mostOperations } from '../manifest/manifest-parts.ts'
import { sendManifest } from '../manifest/send-manifest.ts'
import { type PricedOperation, SupergraphChecks } from '../manifest/supergraph-checks.ts'
import { counted, shownNumber } from '../print/counted.ts'
import { readInstant, shownInstant } from '../print/instants.ts'
import type { Outcome, Setting } from '../setting.ts'
import { newestManifests } from '../shop/documents.ts'
import { findPartner, type KnownPartner } from '../shop/find-partner.ts'
import { defaultUrl, openShop } from '../shop/open-shop.ts'
import type { Shop } from '../shop/shop.ts'

const usage = `pnpm partner publish DIR [--sunset DATE] [--url ${defaultUrl}]`

interface NewestManifests {
  readonly partner: {
    readonly manifests: {
      readonly edges: readonly {
        readonly node: {
          readonly id: string
          readonly version: number
          readonly status: string
          readonly sunsetAt: string | null
        }
      }[]
    }
  }
}

/** Publishes the manifest of a partner's folder, once it is known to fit what the working tree composes. */
export async function publishManifest(args: string[], { root, environment, progress }: Setting): Promise<Outcome> {
  const options = { sunset: { type: 'string' }, url: { type: 'string' } } as const
  const { values, positionals } = readArguments(args, options, usage)
  const [folder, ...rest] = positionals
  if (rest.length > 0) throw new Error(`One DIR at a time. Usage: ${usage}`)
  const sunset = values.sunset === undefined ? null : readInstant('--sunset', values.sunset)
  const published = partnerFolder(inputFolder('DIR', folder, usage))
  const { name, operations } = published
  if (operations.length === 0) throw new Error(`The manifest of ${name} has no operations.`)
  if (operations.length > mostOperations)
    throw new Error(
      `The manifest of ${name} has ${counted(operations.length, 'operation')}; at most ${shownNumber(mostOperations)} can be published together.`,
    )
  const checked = new SupergraphChecks(root).check(published)
  if (checked.findings.length > 0)
    return { lines: [], problems: ['Nothing was sent:', ...checked.findings.map(({ sentence }) => sentence)] }

  await using shop = await openShop(values.url ?? defaultUrl, environment)
  const partner = await findPartner(shop, name)
  const [before] = await newestOf(shop, partner)
  const sent = await sendManifest(shop, partner.id, operations, sunset, progress)
  if ('problems' in sent)
    return { lines: [], problems: ['Nothing was published:', ...sent.problems, ...missingScopes(published, partner)] }
  const { id, version } = sent.manifest
  if (id === before?.id)
    return {
      lines: [
        `Nothing has changed: version ${version} of ${name} has these ${counted(operations.length, 'operation')}.`,
      ],
    }
  const previous = (await newestOf(shop, partner)).find((manifest) => manifest.id === before?.id)
  return {
    lines: [
      `Version ${version} of ${name} runs: ${priced(checked.operations)}.`,
      ...(previous ? [untilWhen(previous)] : []),
      '',
      `To ask for one, with a key (pnpm partner key ${name.includes(' ') ? JSON.stringify(name) : name}):`,
      '',
      askById(shop.url, operations),
    ],
  }
}

async function newestOf(shop: Shop, { id }: KnownPartner) {
  const { partner } = await shop.ask<NewestManifests>(newestManifests, { partnerId: id })
  return partner.manifests.edges.map(({ node }) => node)
}

function priced(operations: readonly PricedOperation[]): string {
  const costs = operations.map(({ name, cost }) => ({ name, cost: cost ?? 0 }))
  const total = costs.reduce((sum, { cost }) => sum + cost, 0)
  const dearest = costs.reduce((most, each) => (each.cost > most.cost ? each : most))
  return `${counted(costs.length, 'operation')}, ${counted(total, 'point')} together, the dearest ${dearest.name} with ${shownNumber(dearest.cost)}`
}

function untilWhen({
  version,
  status,
  sunsetAt,
}: {
  version: number
  status: string
  sunsetAt: string | null
}): string {
  if (status === 'RETIRED') return `Version ${version} runs no more.`
  return `Version ${version} runs ${sunsetAt === null ? 'without an end' : `until ${shownInstant(sunsetAt)}`}.`
}

/** Why the shop may refuse what fits here. */
function missingScopes({ name, scopes }: PartnerFolder, partner: KnownPartner): string[] {
  const missing = scopes.filter((scope) => !partner.scopes.includes(scope))
  return missing.length === 0
    ? []
    : [`In the shop ${name} lacks ${missing.join(', ')}, which its partner.json asks for.`]
}
