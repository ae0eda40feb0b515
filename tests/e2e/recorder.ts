import type { Page } from 'playwright-core'

/** The recorder of a page, as a person uses it. `origin` is for pages of a browser that does not know the site's. */
export function recorderOn(page: Page, origin = '') {
  const button = (name: string) => page.getByRole('button', { name })
  const stop = button('Stop recording')
  return {
    button,
    stop,
    /** Opens the page with a source chosen. */
    async open(source = 'Screen') {
      await page.goto(`${origin}/record`)
      await page.getByRole('radio', { name: source }).check({ force: true })
    },
    /** Starts without the countdown; resolves when it is recording. */
    async start(source = 'Screen') {
      await this.open(source)
      await button('Start recording').click()
      await button('Skip countdown').click()
      await stop.waitFor({ timeout: 20_000 })
    },
    /** Resolves when this much has been recorded, as the recorder counts it. */
    async hasRecorded(seconds: number) {
      const spoken = new RegExp(`^(${seconds}|${seconds + 1}) seconds?$`)
      await page.getByRole('timer', { name: spoken }).waitFor({ timeout: 30_000 })
    },
    /** Resolves on the page of what was recorded, with the update's id. */
    async isDone() {
      await page.waitForURL(/\/u\/[0-9a-f-]{36}$/, { timeout: 30_000 })
      return new URL(page.url()).pathname.split('/')[2] ?? ''
    },
  }
}
