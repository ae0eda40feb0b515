import type { BrowserContext } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import type { Cut } from '../support/cut.ts'
import { behindEachOther, picture, tone } from '../worker/cut.ts'
import { cutAsRecorder } from '../worker/cut-as-recorder.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const it = test.skipIf(!hasChromium)

/** A recording whose encoder began anew after 6 s, because the shared window had got another size. */
async function recordedAnew() {
  const before = await cutAsRecorder([...picture('640x360', 6), ...tone(6)])
  const after = await cutAsRecorder([...picture('480x360', 6), ...tone(6)], { fromS: 6 })
  const all = await behindEachOther(before, after)
  const cut: Cut = { ...all, file: String, durationMs: () => 0, totalMs: 12_000, playlist: '' }
  return given.recording(ada, cut, 'Anew')
}

const withoutNativeHls = (context: BrowserContext) =>
  context.addInitScript(() => {
    HTMLMediaElement.prototype.canPlayType = () => ''
  })

it.each([
  { how: 'a browser that plays HLS itself', prepare: async () => {} },
  { how: 'a browser that needs hls.js', prepare: withoutNativeHls },
])('$how plays across a change of size, forwards and after seeks, without anything being said', async ({ prepare }) => {
  const { id } = await recordedAnew()
  const context = await scene.browserOf(ada)
  await prepare(context)
  const page = await context.newPage()
  const player = playerOn(page)
  await player.open(`/u/${id}?t=0`)
  const size = () => player.read(({ videoWidth, videoHeight }) => `${videoWidth}x${videoHeight}`)
  expect(await size()).toBe('640x360')
  await player.play()
  await page.keyboard.press('ArrowRight')
  await expect.poll(size, { timeout: 15_000 }).toBe('480x360')
  await expect.poll(player.currentMs, { timeout: 15_000 }).toBeGreaterThan(8000)
  await expect.poll(() => page.getByText('Waiting for the connection…').count()).toBe(0)

  await page.keyboard.press('0')
  await expect.poll(size).toBe('640x360')
  await player.movesOn()
  await page.keyboard.press('8')
  await expect.poll(size).toBe('480x360')
  await player.isAt(9600, 3000)
  await player.movesOn()
  await expect.poll(() => player.read(({ ended }) => ended), { timeout: 20_000 }).toBe(true)
  await page.getByText('0:12 / 0:12').waitFor()
})
