import { readArguments } from '@cartograph/command-line'
import { readInstant, shownInstant } from '../print/instants.ts'
import type { Outcome, Setting } from '../setting.ts'
import { acceptPayload, type Payload } from '../shop/accept-payload.ts'
import { keyCreate, keyRevoke, partnerKeys } from '../shop/documents.ts'
import { findPartner, type KnownPartner } from '../shop/find-partner.ts'
import { defaultUrl, openShop } from '../shop/open-shop.ts'
import type { Shop } from '../shop/shop.ts'

const usage = `pnpm partner key NAME [--expires DATE] [--revoke PREFIX_OR_ID] [--url ${defaultUrl}]`

interface Key {
  readonly id: string
  readonly prefix: string
  readonly revokedAt: string | null
}

/** Makes a key for a partner, or with --revoke ends one. */
export async function manageKeys(args: string[], { environment }: Setting): Promise<Outcome> {
  const options = { expires: { type: 'string' }, revoke: { type: 'string' }, url: { type: 'string' } } as const
  const { values, positionals } = readArguments(args, options, usage)
  const [name, ...rest] = positionals
  if (name === undefined || rest.length > 0) throw new Error(`One NAME is needed. Usage: ${usage}`)
  if (values.expires !== undefined && values.revoke !== undefined)
    throw new Error(`Give --expires or --revoke, not both. Usage: ${usage}`)
  const expiresAt = values.expires === undefined ? null : readInstant('--expires', values.expires)
  await using shop = await openShop(values.url ?? defaultUrl, environment)
  const partner = await findPartner(shop, name)
  return values.revoke === undefined
    ? await createKey(shop, partner, expiresAt)
    : await revokeKey(shop, partner, values.revoke)
}

async function createKey(shop: Shop, { id, name }: KnownPartner, expiresAt: string | null): Promise<Outcome> {
  const created = await shop.ask<{
    partnerKeyCreate: Payload & { readonly key: { readonly expiresAt: string | null }; readonly secret: string }
  }>(keyCreate, { partnerId: id, expiresAt })
  const { key, secret } = acceptPayload(created.partnerKeyCreate)
  const end = key.expiresAt === null ? 'It has no end' : `It ends at ${shownInstant(key.expiresAt)}`
  return {
    lines: [
      `A key of ${name}, shown this once: only its hash is kept. ${end}.`,
      '',
      secret,
      '',
      'It is sent as "authorization: Bearer pk_live_…". What may be asked for with it: pnpm partner publish DIR',
    ],
  }
}

async function revokeKey(shop: Shop, { id, name }: KnownPartner, wanted: string): Promise<Outcome> {
  const { partner } = await shop.ask<{ partner: { keys: readonly Key[] } }>(partnerKeys, { partnerId: id })
  const live = partner.keys.filter(({ revokedAt }) => revokedAt === null)
  const found = live.filter((key) => key.id === wanted || (wanted !== '' && key.prefix.startsWith(wanted)))
  const prefixes = live.map(({ prefix }) => prefix).join(', ')
  if (found.length !== 1)
    throw new Error(
      prefixes === ''
        ? `${name} has no key that could be ended.`
        : `${found.length === 0 ? 'No key' : 'More than one key'} of ${name} begins with "${wanted}". There are: ${prefixes}.`,
    )
  const revoked = await shop.ask<{ partnerKeyRevoke: Payload & { readonly key: { readonly prefix: string } } }>(
    keyRevoke,
    { keyId: found[0]!.id },
  )
  const { key } = acceptPayload(revoked.partnerKeyRevoke)
  return { lines: [`${key.prefix}… of ${name} has ended: gateways refuse it within a second.`] }
}
