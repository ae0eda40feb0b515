import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, expect } from 'vitest'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import type { Person } from '../support/given.ts'
import { startSite } from '../support/site.ts'
import { tellWhatWasShown } from './tell-what-was-shown.ts'

type Flags = { with?: string[]; without?: string[]; variables?: Record<string, string> }

/**
 * A site and one browser for a test file; the browser starts with its first page. Whatever a page throws, or tries against the content
 * security policy, fails the test.
 */
export async function startScene(flags: Flags = {}) {
  const site = await startSite(flags.variables)
  const faults: string[] = []
  const contexts: BrowserContext[] = []
  let browser: Browser | undefined
  afterEach(async (context) => {
    await tellWhatWasShown(
      context,
      contexts.flatMap((each) => each.pages()),
    )
    for (const each of contexts.splice(0)) await each.close()
    expect(faults.splice(0)).toEqual([])
  })
  afterAll(() => browser?.close())

  function watch(page: Page) {
    page.on('pageerror', (error) => faults.push(error.stack || String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) faults.push(message.text())
    })
  }

  /** Somebody's browser, signed in already; null is a browser of nobody yet. */
  async function browserOf(person: Person | null, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const args = [...chromiumFlags.filter((flag) => !flags.without?.includes(flag)), ...(flags.with ?? [])]
    browser ??= await chromium.launch({ executablePath: chromiumPath, args })
    const context = await browser.newContext({
      baseURL: site.origin,
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write', 'camera', 'microphone'],
      ...options,
    })
    contexts.push(context)
    context.on('page', watch)
    const [name = '', value = ''] = person?.cookie.split(/=(.*)/s) ?? []
    if (person) await context.addCookies([{ name, value: encodeURIComponent(value), url: site.origin }])
    return context
  }
  const pageOf = async (person: Person | null, options?: BrowserContextOptions) => (await browserOf(person, options)).newPage()

  /** What the API answers a person. */
  function readAs(person: Person) {
    const read = async (url: string) => (await site.as(person).inject({ url })).json()
    const videoOf = async (updateId: string) => read(`/api/videos/${(await read(`/api/updates/${updateId}`)).videoId}`)
    return { read, videoOf }
  }

  return { ...site, browserOf, pageOf, readAs }
}
