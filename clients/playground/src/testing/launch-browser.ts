import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { unpackBundledChromium } from './bundled-chromium.ts'
import { recordOutsideRequests } from './outside-requests.ts'

export type LaunchedBrowser = AsyncDisposable & {
  browser: Browser
  executablePath: string
  /** Requests that were to leave this machine; all of them were refused. */
  outsideRequests: readonly string[]
}

type Candidate = { executablePath: string; env: Record<string, string> }

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts a headless Chromium, with an empty profile and no way out of this machine: $CHROMIUM_PATH if it is set, else
 * one found on PATH, else the one bundled in an npm package. Where there is none it prints why and returns null, for
 * the test to skip; but in CI on Linux x64, where one can always be had, it throws.
 */
export async function launchBrowser(): Promise<LaunchedBrowser | null> {
  const failures: string[] = []
  for (const find of [findNamed, findOnPath, unpackBundledChromium]) {
    const candidate = await find()
    if (candidate === null) continue
    try {
      return await launch(candidate)
    } catch (error) {
      // A chromium on PATH may be a mere pointer to a snap that is not there: the bundled one can still serve.
      failures.push(`${candidate.executablePath}: ${error instanceof Error ? error.message : String(error)}`)
      if (find === findNamed) break
    }
  }
  const reason = `No Chromium could be started. ${failures.join('\n') || 'Set CHROMIUM_PATH to the path of one.'}`
  if (process.env['CI'] && process.platform === 'linux' && process.arch === 'x64') throw new Error(reason)
  console.warn(reason)
  return null
}

/** Opens a page that remembers what went wrong in it. */
export async function openPage(browser: Browser): Promise<{ page: Page; errors: string[]; consoleErrors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const errors: string[] = []
  const consoleErrors: string[] = []
  page.on('pageerror', (error) => errors.push(error.stack ?? String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text())
  })
  return { page, errors, consoleErrors }
}

async function launch({ executablePath, env }: Candidate): Promise<LaunchedBrowser> {
  const outside = await recordOutsideRequests()
  try {
    const browser = await chromium.launch({
      executablePath,
      // Not Playwright's own `proxy` option: that one sends requests to this machine through the proxy too.
      args: [...FLAGS, `--proxy-server=${outside.proxy}`],
      env: { ...definedEnvironment(), ...env },
    })
    const dispose = async () => {
      await browser.close()
      await outside[Symbol.asyncDispose]()
    }
    return { browser, executablePath, outsideRequests: outside.attempts, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await outside[Symbol.asyncDispose]()
    throw error
  }
}

function findNamed(): Candidate | null {
  const executablePath = process.env['CHROMIUM_PATH']
  return executablePath ? { executablePath, env: {} } : null
}

function findOnPath(): Candidate | null {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const executablePath = names
    .flatMap((name) => directories.map((directory) => join(directory, name)))
    .find(isExecutable)
  return executablePath === undefined ? null : { executablePath, env: {} }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
