import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkClients, type Client, clientsOfRepository, readApiBreaks } from '@cartograph/client-checks'
import { apiBreaksFile, apiFile } from '@cartograph/code-generation'
import { composeSupergraph } from '@cartograph/composition'
import { liveClientsOfEnvironment, whereLiveClientsAre } from '@cartograph/partner-command'
import type { Check, Findings } from '../run-checks.ts'

/**
 * The API that the working tree at `root` composes breaks nothing of the committed one, and no operation of a partner or of a
 * front end, unless gateway/api-breaks.txt agrees to it; nor what partners run in the shop that `readLive` asks. Lists who uses
 * what is deprecated.
 */
export function apiCheck(
  root: string,
  before: ReadonlyMap<string, string | null>,
  readLive: () => Promise<readonly Client[] | null> = liveClientsOfEnvironment,
): Check {
  return {
    name: 'API',
    run: async () => {
      const committed = before.get(apiFile)
      if (committed == null) return [`${apiFile} is missing. It has been made anew: commit it.`]
      const { supergraphSdl } = composeSupergraph(path.join(root, 'supergraph.yaml'))
      const agreed = readApiBreaks(readFileSync(path.join(root, apiBreaksFile), 'utf8'))
      const live = await liveFindings(readLive)
      const clients = [...clientsOfRepository(root), ...live.clients]
      const { problems, notes } = await checkClients(clients, committed, supergraphSdl, agreed)
      return { problems: [...problems, ...live.problems], notes: [...notes, ...live.notes] }
    },
  }
}

type LiveFindings = Exclude<Findings, readonly string[] | { readonly skipped: string }> & {
  readonly clients: readonly Client[]
}

/** A shop that is named and does not answer is a problem: nothing is known of what would break. */
async function liveFindings(readLive: () => Promise<readonly Client[] | null>): Promise<LiveFindings> {
  try {
    const clients = await readLive()
    const notes =
      clients === null
        ? [`What partners run in a shop was not compared: name the shop with ${whereLiveClientsAre}.`]
        : clients.map(
            ({ name, operations }) => `${name} was compared: operations that run in the shop, ${operations.length}`,
          )
    return { clients: clients ?? [], problems: [], notes }
  } catch (error) {
    return {
      clients: [],
      problems: [`What partners run in the shop could not be read. ${(error as Error).message}`],
      notes: [],
    }
  }
}
