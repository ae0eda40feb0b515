import type { Page } from 'playwright-core'
import type { Fault as NetworkFault } from '../../support/fault-proxy.ts'
import type { PersistentBrowser } from '../../support/persistent-browser.ts'
import type { House } from '../house.ts'
import { nothingMs, segmentMs } from '../record-in.ts'
import { recordedUntil } from '../stopwatch.ts'
import type { Random } from './random.ts'

export type Scene = { house: House; browser: PersistentBrowser; page: Page; random: Random }

/** What is gone with the recording, and how much had been recorded until then, in ms. */
export type End = { gone: 'tab' | 'browser'; recordedMs: number }
/** Does its harm to a recording that is running. Resolves to null when that goes on and can be stopped. */
export type Strike = (scene: Scene) => Promise<End | null>
export type Fault = {
  name: string
  /** The most that may be lost, in ms. */
  barMs: number
  strike: Strike
}

const pause = ({ page, random }: Scene, least: number, most: number) => page.waitForTimeout(random.between(least, most))

/** Playwright never hears the answer to a crash. */
const crash = async ({ page, browser }: Scene) => {
  const session = await browser.context.newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  session.send('Page.crash').catch(() => undefined)
  await crashed
}
const ending =
  (gone: End['gone'], end: (scene: Scene) => Promise<unknown>): Strike =>
  async (scene) => ({ gone, recordedMs: await recordedUntil(scene.page, () => end(scene)) })

const crashTab = ending('tab', crash)
const closeTab = ending('tab', ({ page }) => page.close())
const reload = ending('tab', ({ page }) => {
  page.once('dialog', (dialog) => dialog.accept())
  return page.reload({ waitUntil: 'commit' })
})
const killBrowser = ending('browser', ({ browser }) => browser.kill())

const offline: Strike = async (scene) => {
  await scene.browser.context.setOffline(true)
  await pause(scene, 1000, 5000)
  await scene.browser.context.setOffline(false)
  return null
}
const broken =
  (fault: NetworkFault): Strike =>
  async (scene) => {
    scene.house.network.break(fault)
    await pause(scene, 1000, 5000)
    scene.house.network.mend()
    return null
  }
const restartApi: Strike = async (scene) => {
  await scene.house.api.kill()
  await pause(scene, 0, 2000)
  await scene.house.api.start()
  return null
}
const fillQuota: Strike = async ({ house, page, browser, random }) => {
  const session = await browser.context.newCDPSession(page)
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin: house.origin })
  await session.send('Storage.overrideQuotaForOrigin', { origin: house.origin, quotaSize: usage + random.between(0, 500_000) })
  return null
}

/** The recording is stopped while the server does not answer; what ends it comes before the last segments are sent. */
const whileSending =
  (end: Strike): Strike =>
  async (scene) => {
    scene.house.network.break('errors')
    await scene.page.getByRole('button', { name: 'Stop recording' }).click()
    await pause(scene, 300, 2000)
    const ended = await end(scene)
    scene.house.network.mend()
    return ended
  }
const whileOffline =
  (end: Strike): Strike =>
  async (scene) => {
    await scene.browser.context.setOffline(true)
    await pause(scene, 1000, 5000)
    return end(scene)
  }
/** One after the other, with a moment between them. */
const then =
  (first: Strike, second: Strike): Strike =>
  async (scene) => {
    await first(scene)
    await pause(scene, 0, 1500)
    return second(scene)
  }
const during =
  (fault: NetworkFault, strike: Strike): Strike =>
  async (scene) => {
    scene.house.network.break(fault)
    await pause(scene, 500, 2000)
    const ended = await strike(scene)
    scene.house.network.mend()
    return ended
  }

export const faults: Fault[] = [
  { name: 'tab crashed', barMs: segmentMs, strike: crashTab },
  { name: 'tab closed', barMs: segmentMs, strike: closeTab },
  { name: 'tab reloaded', barMs: segmentMs, strike: reload },
  { name: 'browser killed', barMs: segmentMs, strike: killBrowser },
  { name: 'network cut', barMs: nothingMs, strike: offline },
  { name: 'API answers 500', barMs: nothingMs, strike: broken('errors') },
  { name: 'API does not answer', barMs: nothingMs, strike: broken('hangs') },
  { name: 'API resets connections', barMs: nothingMs, strike: broken('resets') },
  { name: 'requests cut in half', barMs: nothingMs, strike: broken('cuts-request') },
  { name: 'answers cut in half', barMs: nothingMs, strike: broken('cuts-answer') },
  { name: 'answers lost', barMs: nothingMs, strike: broken('loses-answer') },
  { name: 'API killed and restarted', barMs: nothingMs, strike: restartApi },
  { name: 'storage full', barMs: nothingMs, strike: fillQuota },
  { name: 'API answers 500, then it is restarted', barMs: nothingMs, strike: then(broken('errors'), restartApi) },
  { name: 'network cut, then the API restarted', barMs: nothingMs, strike: then(offline, restartApi) },
  { name: 'browser killed while offline', barMs: segmentMs, strike: whileOffline(killBrowser) },
  { name: 'tab crashed while the API answers 500', barMs: segmentMs, strike: during('errors', crashTab) },
  { name: 'API restarted, then the browser killed', barMs: segmentMs, strike: then(restartApi, killBrowser) },
  { name: 'browser killed after Stop, before all was sent', barMs: segmentMs, strike: whileSending(killBrowser) },
  { name: 'tab closed after Stop, before all was sent', barMs: segmentMs, strike: whileSending(closeTab) },
]
