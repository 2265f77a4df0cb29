import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eventually, subgraphUnderTest, type SubgraphUnderTest } from '@cartograph/test-kit'
import { exportJWK, generateKeyPair } from 'jose'
import { expect } from 'vitest'
import { start } from '../src/server.ts'

export interface StartedUsers extends SubgraphUnderTest {
  /** The folder that mails are written to, which goes with the service. */
  readonly mailbox: string
}

/** Where the subscribers of this service would be: nobody listens there. */
export const nobodyListens = Object.fromEntries(
  ['CARTS', 'ORDERS', 'RECOMMENDATIONS'].flatMap((name) => [
    [`${name}_URL`, 'http://127.0.0.1:9'],
    [`${name}_SIGNING_SECRET`, 'a secret of at least thirty-two characters'],
  ]),
)

/** The real users service, with a signing key and a mailbox of its own, and with nobody who hears its events. */
export async function startUsers(environment: Record<string, string> = {}): Promise<StartedUsers> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const mailbox = mkdtempSync(path.join(tmpdir(), 'cartograph-mailbox-'))
  const users = await subgraphUnderTest('users', start, {
    ACCESS_TOKEN_KEYS: JSON.stringify([{ ...(await exportJWK(privateKey)), kid: 'first' }]),
    STORE_URL: 'https://shop.example/en',
    ...nobodyListens,
    MAILBOX_DIR: mailbox,
    ...environment,
  })
  return {
    ...users,
    mailbox,
    /** When no mail is on its way any more: one that is written leaves a token behind. */
    async stored() {
      const underWay = `select from pgboss.job where name = 'mails' and state < 'completed'`
      await eventually(async () => expect(await users.sql(underWay)).toEqual([]))
      return users.stored()
    },
    async stop() {
      await users.stop()
      rmSync(mailbox, { recursive: true })
    },
  }
}
