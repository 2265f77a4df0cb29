import type { CustomerRecord } from '@cartograph/contracts'
import type { LoadDefinition } from '@cartograph/service-runtime'
import pLimit from 'p-limit'
import type pg from 'pg'
import { hashPassword } from './session/password.ts'

/** In the open, and for accounts of a shop on one's own machine only: no server of ours ever makes one. */
const demoPassword = 'cartograph-demo'

/** Fewer at once than a server lets wait, however many accounts a dataset has. */
const hashing = pLimit(2)

async function writeCustomers(connection: pg.Client, records: CustomerRecord[]): Promise<number> {
  const accounts = await Promise.all(
    records.map(async ({ address: _, ...record }) => ({
      ...record,
      passwordHash: record.demoPassword ? await hashing(hashPassword, demoPassword) : null,
    })),
  )
  const { rowCount } = await connection.query(
    `insert into user_account (id, email, password_hash, display_name, preferred_currency, roles, created_at)
     select id, lower(email), "passwordHash", "displayName", "preferredCurrency",
       (select array_agg(role::"Role") from jsonb_array_elements_text(roles) as role), "createdAt"
     from jsonb_to_recordset($1) as r (id uuid, email text, "passwordHash" text, "displayName" text,
       "preferredCurrency" "CurrencyCode", roles jsonb, "createdAt" timestamptz)
     on conflict (id) do nothing`,
    [JSON.stringify(accounts)],
  )
  await connection.query(
    `insert into address (id, user_id, full_name, line1, line2, city, postal_code, country_code, is_default, created_at)
     select id, "userId", "fullName", line1, line2, city, "postalCode", "countryCode", true, "createdAt"
     from jsonb_to_recordset($1) as r (id uuid, "userId" uuid, "fullName" text, line1 text, line2 text, city text,
       "postalCode" text, "countryCode" text, "createdAt" timestamptz)
     on conflict do nothing`,
    [
      JSON.stringify(
        records.flatMap(({ id, displayName, createdAt, address }) =>
          address ? [{ ...address, userId: id, fullName: displayName, createdAt }] : [],
        ),
      ),
    ],
  )
  return rowCount ?? 0
}

/** What this subgraph keeps of a dataset. */
export const loadDefinition: LoadDefinition = {
  migrations: new URL('../prisma/migrations', import.meta.url),
  writers: { customer: writeCustomers },
}
