import type { Page } from 'playwright-core'
import type { TestContext } from 'vitest'

const longest = 5000

/** Adds to the error of a test that failed what its pages showed just then, and which element had the focus. */
export async function tellWhatWasShown({ task }: TestContext, pages: Page[]): Promise<void> {
  const error = task.result?.errors?.at(-1)
  if (!error) return
  for (const page of pages) {
    const focused = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200)).catch(String)
    const shown = await page.locator('body').ariaSnapshot({ timeout: 5000 }).catch(String)
    error.message += `\n\n${page.url()} with the focus on ${focused}\n${shown.slice(0, longest)}`
  }
}
