import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { type AssetManifest, DEFAULT_ASSETS_DIR, readManifest } from './assets.ts'
import type { ExampleOperation } from './initial-state.ts'
import { PAGE_SECURITY_POLICY, renderPage } from './page.ts'
import { prefersHtml } from './prefers-html.ts'

export type { ExampleOperation } from './initial-state.ts'
export { toHiveQueryPlan } from './hive-query-plan.ts'
export type * from './insight.ts'

export type PlaygroundOptions = {
  /** The path of the GraphQL endpoint; the page opens at the same one. */
  endpoint: string
  title: string
  operations: readonly ExampleOperation[]
  /** The path under which the page finds its scripts. */
  assetPath?: string
  /** Headers which the page adds to whatever it sends to the endpoint, for the gateway to know it by. */
  requestHeaders?: Record<string, string>
  assetsDir?: string
}

const MISSING = 'The playground has not been generated: run `pnpm generate`, then load this page again.\n'
const COMMON_HEADERS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }

/**
 * A Fastify plugin that answers a browser's GET of the endpoint with the playground. It must be registered without a
 * prefix. Requests which do not prefer HTML go on to the endpoint's own GET route, in whichever order the two are
 * registered.
 */
export function playgroundPlugin(options: PlaygroundOptions): FastifyPluginAsync {
  const assetsDir = options.assetsDir ?? DEFAULT_ASSETS_DIR
  const assetPath = options.assetPath ?? `${options.endpoint}/playground`
  const pageOptions = { requestHeaders: {}, ...options, assetPath }
  let generated: { page: string; fileNames: Set<string> } | null = null

  async function load() {
    const manifest = await readManifest(assetsDir)
    return manifest && { page: renderPage(pageOptions, manifest), fileNames: fileNames(manifest) }
  }

  async function sendPage(_request: FastifyRequest, reply: FastifyReply) {
    // Read again while absent, so that the files may be generated under a running gateway.
    generated ??= await load()
    reply.headers({ ...COMMON_HEADERS, 'cache-control': 'no-cache', vary: 'accept' })
    if (!generated) return reply.code(503).type('text/plain; charset=utf-8').send(MISSING)
    return reply
      .headers({ 'content-security-policy': PAGE_SECURITY_POLICY, 'cross-origin-opener-policy': 'same-origin' })
      .type('text/html; charset=utf-8')
      .send(generated.page)
  }

  async function sendAsset(request: FastifyRequest<{ Params: { fileName: string } }>, reply: FastifyReply) {
    const { fileName } = request.params
    reply.headers(COMMON_HEADERS)
    if (!generated?.fileNames.has(fileName))
      return reply.code(404).type('text/plain; charset=utf-8').send('Not found\n')
    reply.type('text/javascript; charset=utf-8').headers({
      'cache-control': 'public, max-age=31536000, immutable',
      // A worker is bound by the policy of its own answer, not by the page's.
      'content-security-policy': "default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      vary: 'accept-encoding',
    })
    const file = createReadStream(join(assetsDir, `${fileName}.gz`))
    if (!acceptsGzip(request.headers['accept-encoding'])) return reply.send(file.pipe(createGunzip()))
    return reply.header('content-encoding', 'gzip').send(file)
  }

  return async function playground(app) {
    generated = await load()
    app.addConstraintStrategy({
      name: 'prefersHtml',
      storage: createConstraintStorage,
      deriveConstraint: (request) => prefersHtml(request.headers.accept),
    })
    app.get(options.endpoint, { constraints: { prefersHtml: true } }, sendPage)
    app.get(`${assetPath}/:fileName`, sendAsset)
  }
}

function createConstraintStorage<Handler>() {
  const handlers = new Map<unknown, Handler>()
  return {
    get: (value: unknown) => handlers.get(value) ?? null,
    set: (value: unknown, handler: Handler) => void handlers.set(value, handler),
  }
}

function fileNames(manifest: AssetManifest): Set<string> {
  return new Set(Object.values(manifest).map((asset) => asset.fileName))
}

function acceptsGzip(acceptEncoding: string | undefined): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(acceptEncoding ?? '')
}
