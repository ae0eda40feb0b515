import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')

const it = test.skipIf(!hasChromium)

it('a rendition has the cuts left out already: nothing is skipped twice, and moments stay the same', async () => {
  const short = await cutRecording({ ms: 12_000, size: '960x540', rate: 15 })
  const { id, videoId } = await given.recording(ada, short, 'Rendered')
  await given.edit(ada, videoId, { cuts: [[0, 4000]] })
  await scene.startWorker()
  const page = await scene.pageOf(ben)
  const player = playerOn(page)
  await player.open(`/u/${id}?t=6`)
  await player.isAt(6000)
  await expect
    .poll(async () => (await as(ben).inject({ url: `/api/videos/${videoId}` })).json().playback.renditions.length, {
      timeout: 120_000,
    })
    .toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Quality' }).click()
  await page.getByRole('menuitemradio', { name: '480p' }).click()
  await expect.poll(() => player.read((video) => video.videoHeight)).toBe(480)
  await player.isAt(2000)
  await page.getByText('0:02 / 0:08').waitFor()
  await page.keyboard.press('c')
  await page.getByRole('button', { name: 'At 0:02', exact: true }).waitFor()
  await page.keyboard.type('Same moment')
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => (await as(ben).inject({ url: `/api/updates/${id}/comments` })).json().items[0]?.atMs)
    .toBeGreaterThan(5900)
  await page.waitForFunction(() => document.activeElement?.tagName !== 'TEXTAREA')
  await page.keyboard.press('Home')
  await player.isAt(0)

  // While its author takes the cut back, the rendition is withdrawn; playback is still at the same moment of the recording.
  await page.keyboard.press('5')
  await player.isAt(4000)
  await given.edit(ada, videoId, { cuts: [] })
  await player.isAt(8000)
  await page.getByText('0:08 / 0:12').waitFor()
})
