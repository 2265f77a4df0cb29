import { afterEach, expect, test, vi } from 'vitest'
import { launchBrowser, openPage } from './launch-browser.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('records and refuses what is to leave this machine', { timeout: 60_000 }, async ({ skip }) => {
  await using launched = await launchBrowser()
  if (launched === null) return skip('no browser')
  expect(launched.outsideRequests).toEqual([])
  const { page } = await openPage(launched.browser)
  for (const url of ['http://example.com/', 'https://example.com/']) await page.goto(url).catch(() => {})
  expect(launched.outsideRequests).toContain('GET http://example.com/')
  expect(launched.outsideRequests).toContain('CONNECT example.com:443')
})

test('says why there is no browser, and takes none for an error in CI', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium')
  vi.stubEnv('CI', '')
  expect(await launchBrowser()).toBeNull()
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('/nowhere/chromium'))
  vi.stubEnv('CI', 'true')
  const attempt = launchBrowser()
  if (process.platform === 'linux' && process.arch === 'x64') await expect(attempt).rejects.toThrow('No Chromium')
  else expect(await attempt).toBeNull()
})
