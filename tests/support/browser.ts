import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { chromiumFlags, chromiumPath } from './chromium.ts'

/** A real Chromium with a fake screen, camera and microphone. `context` is another person's browser. */
export async function startBrowser(extraFlags: string[] = []) {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags, ...extraFlags] })
  afterAll(() => browser.close())
  return {
    browser,
    context: (origin: string): Promise<BrowserContext> =>
      browser.newContext({
        baseURL: origin,
        viewport: { width: 1280, height: 800 },
        permissions: ['clipboard-read', 'clipboard-write', 'camera', 'microphone'],
      }),
  }
}

/** Creates an account through the page that is open: the first one, or by an invitation link. */
export async function createAccount(page: Page, name: string, path = '/') {
  await page.goto(path)
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Email').fill(`${name.toLowerCase()}@example.org`)
  await page.getByLabel('Password').fill('correct horse battery')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('link', { name: 'Record', exact: true }).first().waitFor()
}

/**
 * Records with the settings of the page for a time, from the moment the countdown is over, and stops. Resolves to what it can have
 * lasted, in ms: a busy machine does not click on the dot.
 */
export async function record(page: Page, ms: number, source = 'Screen') {
  await page.goto('/record')
  await page.getByRole('radio', { name: source }).check({ force: true })
  const startedAt = Date.now()
  await page.getByRole('button', { name: 'Start recording' }).click()
  const stop = page.getByRole('button', { name: 'Stop recording' })
  await stop.waitFor({ timeout: 20_000 })
  const shownAt = Date.now()
  await page.waitForTimeout(ms)
  const leastMs = Date.now() - shownAt
  await stop.click()
  return { leastMs, mostMs: Date.now() - startedAt }
}
