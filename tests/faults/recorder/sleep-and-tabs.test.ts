import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { hasChromium } from '../../support/chromium.ts'
import { openHouseForTests } from '../open-house-for-tests.ts'
import { nothingMs, recordIn } from '../record-in.ts'
import { allCompleted, completed, recordings } from '../stored.ts'

const house = await openHouseForTests()
const it = test.skipIf(!hasChromium)

it('after the computer slept the recording goes on, and Stop completes it', async () => {
  const before = await recordings(house)
  const browser = await house.browser(house.newProfile())
  const recording = await recordIn(browser, house, 2500)
  const pids = await browser.renderers()
  const sleptMs = 5000
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  await sleep(sleptMs)
  for (const pid of pids) process.kill(pid, 'SIGCONT')
  await recording.hasRecorded(2500 + sleptMs + 2500)
  const recorded = await recording.stop()
  const { storedMs, complaints } = await completed(house, before)
  // Whether what was missed while it slept counts is up to the recorder; nothing else may be missing.
  expect(recorded - storedMs).toBeLessThan(sleptMs + nothingMs)
  expect(complaints).toBe('')
  await browser.kill()
})

it('two tabs record at once: two recordings, both complete', async () => {
  const before = await recordings(house)
  const browser = await house.browser(house.newProfile())
  const first = await recordIn(browser, house, 1000)
  const second = await recordIn(browser, house, 2500)
  const recorded = [await first.stop(), await second.stop()]
  const stored = await allCompleted(house, before, 2)
  for (const [index, { storedMs }] of stored.entries()) expect((recorded[index] ?? 0) - storedMs).toBeLessThan(nothingMs)
  await browser.kill()
})
