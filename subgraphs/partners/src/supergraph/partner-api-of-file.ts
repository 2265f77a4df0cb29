import { readFile, stat } from 'node:fs/promises'
import { PartnerApi } from '@cartograph/partner-api'

/**
 * What partners may use, by the supergraph in a file: read when it is first asked for, and again when the file is another. A file
 * that is not usable throws, and what was read before is asked for no more.
 */
export function partnerApiOfFile(file: string | URL, mostCost: number): () => Promise<PartnerApi> {
  let known: { readonly modified: number; readonly api: PartnerApi } | null = null
  return async () => {
    const { mtimeMs: modified } = await stat(file)
    if (known?.modified !== modified)
      known = { modified, api: new PartnerApi(await readFile(file, 'utf8'), { mostCost }) }
    return known.api
  }
}
