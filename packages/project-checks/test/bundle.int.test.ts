import { rmSync } from 'node:fs'
import path from 'node:path'
import { bundleableServices, bundleServices } from '@cartograph/code-generation/bundle'
import { startDatabases, type StackDatabases, type Subgraph } from '@cartograph/local-stack'
import { removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BundleProcess, freePorts, startBundle, startBundleThatFails } from './bundle-process.ts'
import { composeEnvironment, newSecrets } from './compose-file.ts'

// Outside of the repository, so that nothing can be found there but what an image would hold.
const folder = throwAwayFolder()
const dist = path.join(folder, 'dist')
const services = bundleableServices()
const running = new Map<string, BundleProcess>()
let databases: StackDatabases
let environments: Map<string, Record<string, string>>

/** What docker-compose.yml gives each service, with the addresses of this machine in place of the containers’. */
async function localEnvironments(): Promise<Map<string, Record<string, string>>> {
  const ports = await freePorts(services)
  // Nothing is really sold here: the sandbox takes the money, and mails go to a folder.
  const secrets = { ...newSecrets(folder), DEMONSTRATION: 'true', PAYMENT_PROVIDER: 'sandbox' }
  return new Map(
    services.map((service) => {
      const given = composeEnvironment(service === 'gateway' ? 'gateway-1' : service, secrets)
      const local = Object.entries(given).map(([name, value]) => {
        if (name === 'MAILBOX_DIR') return [name, path.join(folder, 'mailbox')]
        if (name === 'HOST') return [name, '127.0.0.1']
        if (name === 'PORT') return [name, String(ports.get(service))]
        if (name === 'DATABASE_URL') return [name, databases.urlOf(service as Subgraph)]
        // Any PostgreSQL does for what is spent within a minute.
        if (name === 'PARTNER_BUDGETS_URL') return [name, databases.urlOf('partners')]
        const peer = /^http:\/\/([a-z]+):4000(.*)$/.exec(value)
        return [name, peer ? `http://127.0.0.1:${ports.get(peer[1]!) ?? 9}${peer[2]}` : value]
      })
      return [service, Object.fromEntries(local) as Record<string, string>]
    }),
  )
}

async function ask<Data>(query: string, variables: object = {}, token?: string): Promise<Data> {
  const response = await fetch(`${running.get('gateway')!.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] }
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '))
  return data
}

beforeAll(async () => {
  await bundleServices({ services, outDir: dist })
  databases = await startDatabases(folder, { ephemeral: true })
  environments = await localEnvironments()
  await Promise.all(
    services.map(async (service) => {
      running.set(service, await startBundle(path.join(dist, service), environments.get(service)!))
    }),
  )
}, 60_000)

afterAll(async () => {
  await Promise.all([...running.values()].map((service) => service.stop()))
  await removeWithServer(path.join(folder, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

test('every service runs from its bundle with the environment of docker-compose.yml, in less than 256 MB', async () => {
  for (const [name, service] of running) {
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200)
    expect(service.residentMegabytes() ?? 0, name).toBeLessThan(256)
  }
})

test('a customer signs in and a merchandiser lists a product, through the gateway', async () => {
  const register = `mutation ($input: UserRegisterInput!) { userRegister(input: $input) { userErrors { code } } }`
  const account = { email: 'ada@example.com', password: 'correct horse', displayName: 'Ada' }
  expect(await ask(register, { input: account })).toEqual({ userRegister: { userErrors: [] } })
  await makeAdmin(account.email)
  const { sessionCreate } = await ask<{ sessionCreate: { session: { accessToken: string } } }>(
    `mutation ($email: String!, $password: String!) {
       sessionCreate(email: $email, password: $password) { session { accessToken } }
     }`,
    account,
  )
  const token = sessionCreate.session.accessToken
  expect(await ask('{ viewer { displayName } }', {}, token)).toEqual({ viewer: { displayName: 'Ada' } })

  const price = { amount: '12.50', currencyCode: 'EUR' }
  const { productCreate } = await ask<{ productCreate: { product: { id: string } } }>(
    `mutation ($input: ProductCreateInput!) {
       productCreate(input: $input) { product { id } userErrors { code message } }
     }`,
    { input: { title: 'Lamp', variants: [{ sku: 'LAMP', title: 'Brass', price }] } },
    token,
  )
  const publish = 'mutation ($id: ID!) { productPublish(productId: $id) { userErrors { code message } } }'
  expect(await ask(publish, { id: productCreate.product.id }, token)).toEqual({ productPublish: { userErrors: [] } })
  const list = '{ products(first: 5) { edges { node { title variants { sku availability { status } } } } } }'
  const variants = [{ sku: 'LAMP', availability: { status: 'OUT_OF_STOCK' } }]
  expect(await ask(list)).toEqual({ products: { edges: [{ node: { title: 'Lamp', variants } }] } })
})

test('in production neither the schema is shown nor a page, of ours or of a vendor', async () => {
  await expect(ask('{ __schema { queryType { name } } }')).rejects.toThrow('What the schema holds is not told here.')
  const page = await fetch(`${running.get('gateway')!.url}/graphql`, { headers: { accept: 'text/html' } })
  expect(page.headers.get('content-type')).not.toContain('html')
})

test('a service says everything that is missing, and does not start', async () => {
  const complaint = await startBundleThatFails(path.join(dist, 'users'), { NODE_ENV: 'production' })
  for (const name of ['PORT', 'DATABASE_URL', 'SIGNING_SECRETS', 'ACCESS_TOKEN_KEYS']) expect(complaint).toContain(name)
})

async function makeAdmin(email: string): Promise<void> {
  const client = new pg.Client({ connectionString: databases.postgres.superuserUrl('users') })
  await client.connect()
  await client.query(`update user_account set roles = array['ADMIN']::"Role"[] where email = $1`, [email])
  await client.end()
}
