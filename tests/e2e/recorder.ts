import { spokenTime } from '@meanwhile/shared/media/time-code'
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
    /** Resolves when at least this much has been recorded, as the recorder counts it. */
    async hasRecorded(seconds: number) {
      const counts = Array.from({ length: 60 }, (_, more) => spokenTime((seconds + more) * 1000))
      await page.getByRole('timer', { name: new RegExp(`^(${counts.join('|')})$`) }).waitFor({ timeout: 30_000 })
    },
    /** Resolves when the recorder says this. */
    says: (text: string | RegExp) => page.getByRole('region', { name: 'Recording' }).getByText(text).first().waitFor(),
    /** Resolves on the page of what was recorded, with the update's id. */
    async isDone() {
      await page.waitForURL(/\/u\/[0-9a-f-]{36}$/, { timeout: 30_000 })
      return new URL(page.url()).pathname.split('/')[2] ?? ''
    },
  }
}
