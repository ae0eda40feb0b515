import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const { videoOf } = scene.readAs(ben)

/** The sound of a page can be measured: what any graph gives to the loudspeakers goes to `ears`, too. */
const giveEars = (page: Page) =>
  page.addInitScript(() => {
    type Connect = (this: AudioNode, to: AudioNode, ...rest: number[]) => AudioNode
    const connect: Connect = AudioNode.prototype.connect
    const heard: Connect = function (to, ...rest) {
      if (to instanceof AudioDestinationNode) {
        const ears = new AnalyserNode(to.context, { fftSize: 8192 })
        Object.assign(window, { ears })
        connect.call(this, ears)
      }
      return connect.call(this, to, ...rest)
    }
    Object.assign(AudioNode.prototype, { connect: heard })
  })
/** The highest sample of the last moment; 0 while nothing goes through a graph. */
const heard = (page: Page) =>
  page.evaluate(() => {
    const { ears } = window as { ears?: AnalyserNode }
    const samples = new Float32Array(ears?.fftSize ?? 0)
    ears?.getFloatTimeDomainData(samples)
    return Math.max(0, ...samples)
  })

test.skipIf(!hasChromium)('a quiet recording is as loud as others, with the volume that the viewer wants', async () => {
  const { id } = await given.recording(ada, await cutRecording({ ms: 4000, repeat: 10, volume: 0.02 }), 'Quiet')
  await scene.startWorker()
  await expect.poll(async () => (await videoOf(id)).playback.loudness, { timeout: 60_000 }).not.toBeNull()

  const page = await scene.pageOf(ben)
  await giveEars(page)
  const player = playerOn(page)
  await player.open(`/u/${id}?t=0`)
  await page.getByRole('button', { name: 'Quality and settings' }).click()
  const entry = page.getByRole('menuitemcheckbox', { name: 'Even out loudness' })
  await expect.poll(() => entry.textContent()).toMatch(/\+(19|2\d) dB/)
  await expect.poll(() => entry.getAttribute('aria-checked')).toBe('true')
  await page.keyboard.press('Escape')
  await player.play()
  await expect.poll(() => heard(page), { timeout: 15_000 }).toBeGreaterThan(0.15)
  await player.read((video) => {
    video.volume = 0.25
  })
  await expect.poll(() => heard(page), { timeout: 15_000 }).toBeLessThan(0.08)
  expect(await heard(page)).toBeGreaterThan(0.02)
  await player.read((video) => {
    video.volume = 1
  })

  await page.getByRole('button', { name: 'Quality and settings' }).click()
  await entry.click()
  await expect.poll(() => heard(page), { timeout: 15_000 }).toBeLessThan(0.03)
  expect(await heard(page)).toBeGreaterThan(0.01)
  // Nothing is led anywhere for somebody who does not want it.
  await page.reload()
  await player.isReady()
  await player.play()
  await player.movesOn()
  expect(await page.evaluate(() => 'ears' in window)).toBe(false)
})
