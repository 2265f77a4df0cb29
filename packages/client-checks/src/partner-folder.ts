import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type PersistedOperation, readManifest } from '@cartograph/persisted-operations'
import { z } from 'zod'

/** `partner.json`, which a partner keeps beside its operations. */
const partnerFile = z.strictObject({
  name: z.string().min(1),
  /** What it may see and do, beside what anybody may. */
  scopes: z.array(z.string()).default([]),
  /** The file with its manifest, in either format. */
  manifest: z.string().default('manifest.json'),
})

export interface PartnerFolder {
  readonly name: string
  readonly scopes: readonly string[]
  readonly operations: readonly PersistedOperation[]
}

/** What a partner publishes from `folder`. Throws one sentence that names the file at fault. */
export function partnerFolder(folder: string): PartnerFolder {
  const partner = readJson(path.join(folder, 'partner.json'), (content) => {
    const parsed = partnerFile.safeParse(content)
    if (parsed.success) return parsed.data
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
  })
  const operations = readJson(path.join(folder, partner.manifest), readManifest)
  return { name: partner.name, scopes: partner.scopes, operations }
}

function readJson<Content>(file: string, read: (content: unknown) => Content): Content {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}
