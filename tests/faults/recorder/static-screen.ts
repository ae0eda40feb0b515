import type { House } from '../house.ts'
import { recordIn } from '../record-in.ts'
import { recordedUntil } from '../stopwatch.ts'
import { completed, recordings } from '../stored.ts'

/** Runs in the page: what is shared is a picture that is painted once and never changes. */
function shareStillPicture() {
  if (!navigator.mediaDevices) return
  navigator.mediaDevices.getDisplayMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 })
    const brush = canvas.getContext('2d') as CanvasRenderingContext2D
    const stream = canvas.captureStream(30)
    brush.fillStyle = 'teal'
    brush.fillRect(0, 0, canvas.width, canvas.height)
    return stream
  }
}

/** Somebody talks about a screen that stands still for so long; then the browser is killed. Resolves to what is lost, in ms. */
export async function loseStillScreen(house: House, ms: number) {
  const before = await recordings(house)
  const profile = house.newProfile()
  const browser = await house.browser(profile)
  await browser.context.addInitScript(shareStillPicture)
  const { page } = await recordIn(browser, house, ms)
  const recordedMs = await recordedUntil(page, () => browser.kill())
  const back = await house.browser(profile)
  await (await back.page()).goto(house.origin)
  const { storedMs, complaints } = await completed(house, before)
  await back.kill()
  return { recordedMs, storedMs, lostMs: recordedMs - storedMs, complaints }
}
