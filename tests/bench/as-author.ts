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
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url })))
    return await visit(await context.newPage())
  } finally {
    await context.close()
  }
}
