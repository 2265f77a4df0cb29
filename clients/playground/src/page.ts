import type { AssetManifest } from './assets.ts'
import type { BootConfig } from './browser/boot.ts'
import { type ExampleOperation, initialState } from './initial-state.ts'

export type PageOptions = {
  endpoint: string
  title: string
  operations: readonly ExampleOperation[]
  assetPath: string
  requestHeaders: Record<string, string>
}

/**
 * What the page may do. Styles must be allowed inline: the laboratory's are in a <style> of its shadow root, and its
 * editor positions each line with a style attribute. Scripts need neither inline nor eval; without eval the
 * laboratory's preflight scripts cannot run, which is the price.
 */
export const PAGE_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'unsafe-inline'",
  'font-src data:',
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#15181f"/>' +
  '<g stroke="#e8b04b" stroke-width="2" fill="none"><path d="M9 22 16 9l7 13z"/></g>' +
  '<g fill="#e8b04b"><circle cx="16" cy="9" r="3.5"/><circle cx="9" cy="22" r="3.5"/><circle cx="23" cy="22" r="3.5"/></g></svg>'

// Shown until the laboratory, a script of some megabytes, has started and replaced it.
const STYLE = `
html, body, #laboratory { height: 100%; margin: 0; background: #0f1117 }
.notice { position: fixed; inset: 0; display: grid; place-content: center; text-align: center; margin: 0;
  color: #9aa3b2; font: 15px/1.6 system-ui, sans-serif }
.notice b { color: #e6e9ef; font-size: 18px }
`

/** The HTML of the playground: a title, a notice until the scripts are there, and the configuration of `boot.ts`. */
export function renderPage(options: PageOptions, manifest: AssetManifest): string {
  const url = (name: keyof AssetManifest) => `${options.assetPath}/${manifest[name].fileName}`
  const { version, ...state } = initialState(options.operations)
  const config: BootConfig = {
    endpoint: options.endpoint,
    requestHeaders: options.requestHeaders,
    workers: {
      editorWorkerService: url('editor-worker'),
      graphql: url('graphql-worker'),
      json: url('json-worker'),
      typescript: url('script-worker'),
    },
    version,
    state,
  }
  const title = escapeHtml(options.title)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark">
<title>${title}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">
<style>${STYLE}</style>
<script type="application/json" id="playground-config">${toInlineJson(config)}</script>
<script defer src="${url('laboratory')}"></script>
<script defer src="${url('boot')}"></script>
</head>
<body>
<div id="laboratory"><p class="notice"><span><b>${title}</b><br>The playground is loading.</span></p></div>
<noscript><p class="notice">The playground needs JavaScript.</p></noscript>
</body>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function toInlineJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
