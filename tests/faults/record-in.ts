import { recorderOn } from '../e2e/recorder.ts'
import type { PersistentBrowser } from '../support/persistent-browser.ts'
import type { House } from './house.ts'
import { hasRecorded, recordedMs } from './stopwatch.ts'

/** Begins to record in a tab of its own; resolves when so much has been recorded. */
export async function recordIn(browser: PersistentBrowser, house: House, ms: number) {
  const page = await browser.page()
  const recorder = recorderOn(page, house.origin)
  await recorder.start()
  await hasRecorded(page, ms)
  return {
    page,
    recorder,
    hasRecorded: (more: number) => hasRecorded(page, more),
    /** Presses Stop. Resolves to what had been recorded by then, in ms. */
    async stop() {
      await recorder.stop.click()
      return recordedMs(page)
    },
  }
}

/** What may seem to be missing although nothing is: one frame, and the moment until the page knows that it records. In ms. */
export const nothingMs = 300
/** The segment that is being written, and its way to the disk. In ms. */
export const segmentMs = 2500
