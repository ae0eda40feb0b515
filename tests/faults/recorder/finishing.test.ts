import { expect, test } from 'vitest'
import { hasChromium } from '../../support/chromium.ts'
import { openHouseForTests } from '../open-house-for-tests.ts'
import { nothingMs, recordIn } from '../record-in.ts'
import { completed, recordings } from '../stored.ts'

const house = await openHouseForTests()
const it = test.skipIf(!hasChromium)

it('the answer to finish is lost: it is asked again, and the recording is finished once', async () => {
  const before = await recordings(house)
  const browser = await house.browser(house.newProfile())
  const { page, stop } = await recordIn(browser, house, 2500)
  house.network.break('loses-answer', { matches: ({ path }) => path.endsWith('/finish'), times: 1 })
  const recorded = await stop()
  await page.waitForURL(/\/u\//)
  const { storedMs } = await completed(house, before)
  expect(recorded - storedMs).toBeLessThan(nothingMs)
  expect(house.network.struck).toBe(1)
  expect((await recordings(house)).length).toBe(before.length + 1)
  house.network.mend()
  await browser.kill()
})

it('the API is killed while it finishes a recording: it is finished after the restart', async () => {
  const before = await recordings(house)
  const browser = await house.browser(house.newProfile())
  const { page, stop } = await recordIn(browser, house, 2500)
  const killed = new Promise<void>((resolve) =>
    house.network.watch(({ path }) => {
      if (!path.endsWith('/finish')) return
      house.network.watch(() => {})
      resolve(house.api.kill())
    }),
  )
  const recorded = await stop()
  await killed
  await house.api.start()
  await page.waitForURL(/\/u\//, { timeout: 60_000 })
  const { storedMs } = await completed(house, before)
  expect(recorded - storedMs).toBeLessThan(nothingMs)
  expect((await recordings(house)).length).toBe(before.length + 1)
  await browser.kill()
})
