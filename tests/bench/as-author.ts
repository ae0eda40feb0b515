import type { Browser, Page } from 'playwright-core'

/** Opens a page of somebody who was never here, signed in as the author with the cookies of `cookie` for the site of `url`; closes it after `visit`. */
export async function asAuthor<T>(
  browser: Browser,
  { url, cookie }: { url: string; cookie: string },
  visit: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const cookies = cookie.split('; ').map((each) => each.split(/=(.*)/s) as [string, string])
    // For the whole site: the address of a page would give it to what lies below that page alone.
    const { origin } = new URL(url)
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: origin })))
    // What compiles this file names functions by it, also those that run in the page.
    await context.addInitScript('globalThis.__name = (named) => named')
    return await visit(await context.newPage())
  } finally {
    await context.close()
  }
}
