import { globSync } from 'node:fs'
import path from 'node:path'
import { type Client, partnerFolder } from '@cartograph/client-checks'
import { inputFolder, readArguments } from '@cartograph/command-line'
import { type CheckedPartner, SupergraphChecks } from '../manifest/supergraph-checks.ts'
import { counted } from '../print/counted.ts'
import { table } from '../print/table.ts'
import type { Outcome, Setting } from '../setting.ts'
import { liveClients } from '../shop/live-clients.ts'
import { defaultUrl, openShop } from '../shop/open-shop.ts'

const usage = `pnpm partner check [DIR …] [--live] [--url ${defaultUrl}]`

/**
 * Checks what partners would publish, from the folders named or all of clients/partners, against what the working tree composes;
 * with --live also what they run in a shop, where a break that is agreed to in gateway/api-breaks.txt is told, and no problem.
 */
export async function checkPartners(args: string[], { root, environment }: Setting): Promise<Outcome> {
  const options = { live: { type: 'boolean' }, url: { type: 'string' } } as const
  const { values, positionals } = readArguments(args, options, usage)
  if (values.url !== undefined && values.live !== true) throw new Error(`--url is for --live. Usage: ${usage}`)
  const folders =
    positionals.length > 0
      ? positionals.map((folder) => inputFolder('DIR', folder, usage))
      : globSync('clients/partners/*/partner.json', { cwd: root })
          .toSorted()
          .map((file) => path.join(root, path.dirname(file)))
  const supergraph = new SupergraphChecks(root)
  const own = folders.map((folder) => described(partnerFolder(folder), supergraph))
  const live = values.live === true ? await liveOf(values.url ?? defaultUrl, environment) : []
  const running = live.map((client) => described(client, supergraph))
  const notes: string[] = []
  const problems = own.flatMap(({ checked }) => checked.findings.map(({ sentence }) => sentence))
  for (const { coordinate, sentence } of running.flatMap(({ checked }) => checked.findings)) {
    const reason = coordinate === null ? undefined : supergraph.agreed.get(coordinate)
    if (reason === undefined) problems.push(sentence)
    else notes.push(`${sentence} Agreed to: ${reason}`)
  }
  const blocks = [...own, ...running].map(({ lines }) => lines)
  if (values.live === true && live.length === 0) blocks.push(['No partner runs anything in the shop.'])
  if (blocks.length === 0) blocks.push(['There is no partner in clients/partners.'])
  if (notes.length > 0) blocks.push(notes)
  return { lines: blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])), problems }
}

async function liveOf(url: string, environment: Setting['environment']): Promise<Client[]> {
  await using shop = await openShop(url, environment)
  return await liveClients(shop)
}

function described(client: Client, supergraph: SupergraphChecks): { checked: CheckedPartner; lines: string[] } {
  const checked = supergraph.check(client)
  const rows = checked.operations.map(({ name, type, cost }) => [name, type, cost ?? 'breaks'])
  const count = counted(rows.length, 'operation')
  return { checked, lines: [`${client.name}: ${count}`, '', ...table([['operation', 'type', 'cost'], ...rows])] }
}
