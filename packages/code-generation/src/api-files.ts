import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkClients, readApiBreaks } from '@cartograph/client-checks'
import { composeSupergraph } from '@cartograph/composition'
import { apiDocument } from '@cartograph/composition/api-document'
import { partnerDocument } from '@cartograph/partner-api'
import { print } from 'graphql'
import { apiBreaksFile, apiFile, partnerApiFile } from './api-file-names.ts'
import { root } from './root.ts'

/**
 * The content of both API files by the working tree; null while it breaks what clients rely on and nobody agreed to: then they
 * stay as they are, so that the break is found again until it is mended or agreed to.
 */
export async function apiFiles(): Promise<Readonly<Record<string, string>> | null> {
  const { supergraphSdl } = composeSupergraph(path.join(root, 'supergraph.yaml'))
  const made = {
    [apiFile]: `${print(apiDocument(supergraphSdl))}\n`,
    [partnerApiFile]: `${print(partnerDocument(supergraphSdl, null))}\n`,
  }
  const known = read(apiFile)
  if (known === null) return made
  const { problems } = await checkClients([], known, supergraphSdl, readApiBreaks(read(apiBreaksFile) ?? ''))
  return problems.length > 0 ? null : made
}

function read(file: string): string | null {
  try {
    return readFileSync(path.join(root, file), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
