import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { playerOn } from './player.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const ada = await scene.given.person('Ada')
const ben = await scene.given.person('Ben')

const it = test.skipIf(!hasChromium)
const { read } = scene.readAs(ben)

it('who shares live is watched from the beginning while the recording goes on, up to its end', async () => {
  const page = await scene.pageOf(ada)
  const recorder = recorderOn(page)
  await recorder.open('Screen')
  await page.getByRole('checkbox', { name: 'Share live' }).check()
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  await page.getByText('Others can watch this now.').waitFor()
  const [{ id, publishedAt }] = (await read('/api/updates')).items
  expect(publishedAt).not.toBeNull()

  const his = await scene.pageOf(ben)
  const player = playerOn(his)
  await player.open(`/u/${id}`)
  await his.getByText('It is being recorded now').waitFor()
  expect(await player.currentMs()).toBeLessThan(500)
  await player.play()
  const seconds = () => player.read(({ duration }) => duration)
  const first = await seconds()
  await expect.poll(seconds).toBeGreaterThan(first + 3)
  await recorder.stop.click()
  await recorder.isDone()
  await his.getByText('It is being recorded now').waitFor({ state: 'detached' })
  await expect.poll(() => player.read(({ ended }) => ended), { timeout: 60_000 }).toBe(true)
  const { videoId } = await read(`/api/updates/${id}`)
  const { recordedMs } = await read(`/api/videos/${videoId}`)
  expect(await player.currentMs()).toBeGreaterThan(recordedMs - 300)
})

it('who does not share live is not seen before the end', async () => {
  const page = await scene.pageOf(ada)
  const recorder = recorderOn(page)
  await recorder.open('Screen')
  await expect.poll(() => page.getByRole('checkbox', { name: 'Share live' }).isChecked()).toBe(false)
  const before = (await read('/api/updates')).items.length
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(3)
  expect((await read('/api/updates')).items.length).toBe(before)
  await recorder.stop.click()
  await recorder.isDone()
  expect((await read('/api/updates')).items.length).toBe(before + 1)
})
