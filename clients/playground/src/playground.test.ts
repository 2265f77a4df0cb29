import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AssetManifest } from './assets.ts'
import { buildPlaygroundAssets } from './build-assets.ts'
import { playgroundPlugin } from './index.ts'

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const OPTIONS = {
  endpoint: '/graphql',
  title: 'Shop </title><script>',
  operations: [{ name: 'Breakout', query: '{ shop } # </script><script>alert(1)</script>' }],
}

let assetsDir: string
let manifest: AssetManifest
let app: FastifyInstance

beforeAll(async () => {
  assetsDir = await mkdtemp(join(tmpdir(), 'playground-'))
  manifest = await buildPlaygroundAssets(assetsDir)
  app = await start(assetsDir)
}, 60_000)

afterAll(async () => {
  await app.close()
  await rm(assetsDir, { recursive: true, force: true })
})

async function start(directory: string) {
  const server = fastify()
  await server.register(playgroundPlugin({ ...OPTIONS, assetsDir: directory }))
  server.get('/graphql', async () => ({ data: null }))
  return server
}

describe('the page', () => {
  test('is answered to browsers alone', async () => {
    const page = await app.inject({ url: '/graphql', headers: BROWSER })
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    for (const accept of ['*/*', 'application/json', 'text/html;q=0.5, application/json', 'text/html;q=0']) {
      expect((await app.inject({ url: '/graphql', headers: { accept } })).json()).toEqual({ data: null })
    }
  })

  test('forbids what it does not need', async () => {
    const { headers } = await app.inject({ url: '/graphql', headers: BROWSER })
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; worker-src 'self'")
    expect(headers['content-security-policy']).not.toContain('http')
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  })

  test('lets neither the title nor an example break out of its place', async () => {
    const { body } = await app.inject({ url: '/graphql', headers: BROWSER })
    expect(body.match(/<script\b/g)).toHaveLength(3)
    expect(body).not.toContain('alert(1)</script>')
    expect(body).not.toContain('Shop </title>')
  })

  test('says what to run where the scripts have not been generated, and recovers once they are', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'playground-'))
    const server = await start(directory)
    const missing = await server.inject({ url: '/graphql', headers: BROWSER })
    expect([missing.statusCode, missing.body]).toEqual([503, expect.stringContaining('`pnpm generate`')])
    await buildPlaygroundAssets(directory)
    expect((await server.inject({ url: '/graphql', headers: BROWSER })).statusCode).toBe(200)
    await server.close()
    await rm(directory, { recursive: true })
  }, 60_000)
})

describe('an asset', () => {
  const get = (url: string, headers = {}) => app.inject({ url: `/graphql/playground/${url}`, headers })

  test('is sent as compressed, to be kept for good', async () => {
    const asset = await get(manifest.boot.fileName, { 'accept-encoding': 'br, gzip' })
    expect(asset.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
    })
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(gunzipSync(asset.rawPayload)).toHaveLength(manifest.boot.bytes)
  })

  test('is sent plain to who cannot decompress', async () => {
    const asset = await get(manifest.boot.fileName, { 'accept-encoding': 'gzip;q=0' })
    expect(asset.headers['content-encoding']).toBeUndefined()
    expect(asset.rawPayload).toHaveLength(manifest.boot.bytes)
  })

  test('is found by a name in the manifest, and by no path', async () => {
    for (const url of ['manifest.json', '..%2Fpackage.json', 'boot.000000000000.js']) {
      expect((await get(url)).statusCode).toBe(404)
    }
  })
})
