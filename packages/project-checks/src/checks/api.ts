import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkClients, clientsOfRepository, readApiBreaks } from '@cartograph/client-checks'
import { apiBreaksFile, apiFile } from '@cartograph/code-generation'
import { composeSupergraph } from '@cartograph/composition'
import { root } from '../root.ts'
import type { Check } from '../run-checks.ts'

/**
 * The API that the working tree composes breaks nothing of the committed one, and no operation of a partner or of a front end,
 * unless gateway/api-breaks.txt agrees to it. Lists who uses what is deprecated.
 */
export function apiCheck(before: ReadonlyMap<string, string | null>): Check {
  return {
    name: 'API',
    run: async () => {
      const committed = before.get(apiFile)
      if (committed == null) return [`${apiFile} is missing. It has been made anew: commit it.`]
      const { supergraphSdl } = composeSupergraph(path.join(root, 'supergraph.yaml'))
      const agreed = readApiBreaks(readFileSync(path.join(root, apiBreaksFile), 'utf8'))
      return checkClients(clientsOfRepository(root), committed, supergraphSdl, agreed)
    },
  }
}
