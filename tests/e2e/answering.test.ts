import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 4000, repeat: 3 })
const { read } = scene.readAs(ben)

const it = test.skipIf(!hasChromium)
const commentsOn = (page: Page) => page.getByRole('list', { name: 'Comments' })
const commentsOf = async (updateId: string) => (await read(`/api/updates/${updateId}/comments`)).items

/** Ben watches a new update of Ada's, in a browser of his own. */
async function watching() {
  const { id } = await given.recording(ada, cut)
  const context = await scene.browserOf(ben)
  const page = await context.newPage()
  page.on('dialog', (dialog) => dialog.accept())
  const player = playerOn(page)
  await player.open(`/u/${id}`)
  return { id, context, page, player, recorder: recorderOn(page) }
}

async function record(page: Page, seconds: number) {
  const recorder = recorderOn(page)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(seconds)
}

it('a video is answered by a video, recorded in front of the page that it answers', async () => {
  const { id, page, player, recorder } = await watching()
  const hers = await scene.pageOf(ada)
  await hers.goto(`/u/${id}`)
  await player.seek(5000)
  await recorder.button('Answer by video').click()
  const dialog = page.getByRole('dialog', { name: 'Answer by video' })
  await expect.poll(() => dialog.getByRole('radio', { name: 'Camera' }).isChecked()).toBe(true)
  await record(page, 3)
  // The keys of the player behind it mean the recorder now.
  await page.keyboard.press('p')
  await recorder.says('Paused')
  await page.keyboard.press('k')
  await page.keyboard.press('p')
  expect(await player.isPaused()).toBe(true)
  await recorder.stop.click()
  await dialog.waitFor({ state: 'detached' })
  expect(new URL(page.url()).pathname).toBe(`/u/${id}`)
  await commentsOn(hers).getByRole('button', { name: '0:05' }).waitFor()
  await commentsOn(hers).getByRole('button', { name: 'Play the answer by Ben' }).click()
  const answer = commentsOn(hers).locator('video')
  await expect.poll(() => answer.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0.2)
  expect(await commentsOf(id)).toMatchObject([
    { atMs: 5000, text: '', video: { state: expect.stringMatching(/processing|ready/) } },
  ])
})

it('an answer by screen and camera shows both, and has captions of its own', async () => {
  const { id, page, recorder } = await watching()
  await recorder.button('Answer by video').click()
  await page.getByRole('radio', { name: 'Window' }).check({ force: true })
  await page.getByLabel('Camera', { exact: true }).and(page.locator('select')).selectOption({ label: 'Default camera' })
  await record(page, 3)
  await recorder.stop.click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const [{ video }] = await commentsOf(id)
  expect(await read(`/api/videos/${video.id}`)).toMatchObject({ tracks: ['main', 'camera'], playback: { camera: {} } })
  await scene.as(ben).inject({
    method: 'PUT',
    url: `/api/videos/${video.id}/captions/en`,
    payload: 'WEBVTT\n\n00:00.000 --> 00:09.000\nThis is how it goes\n',
    headers: { 'content-type': 'text/vtt' },
  })
  await commentsOn(page).getByRole('button', { name: 'Play the answer by Ben' }).click()
  const answer = page.getByRole('region', { name: 'Answer by Ben' })
  await answer.getByRole('button', { name: 'Move the camera' }).waitFor()
  for (const picture of ['video.camera', 'video:not(.camera)']) {
    const movedOn = () => answer.locator(picture).evaluate((media) => (media as HTMLVideoElement).currentTime)
    await expect.poll(movedOn, { message: picture }).toBeGreaterThan(0.2)
  }
  await answer.getByRole('button', { name: 'Quality and settings' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Captions' }).click()
  await answer.getByText('This is how it goes').waitFor()
})

it('a comment is answered by voice alone', async () => {
  const { id, page, recorder } = await watching()
  await scene
    .as(ada)
    .inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'What do you hear?', atMs: 2000 } })
  await commentsOn(page).getByRole('button', { name: 'Reply' }).click()
  await recorder.button('Reply by video').click()
  await page.getByRole('radio', { name: 'Audio' }).check({ force: true })
  await record(page, 3)
  await recorder.stop.click()
  const replies = page.getByRole('list', { name: 'Replies to Ada' })
  await replies.getByRole('button', { name: 'Play the answer by Ben' }).waitFor()
  const [question, reply] = await commentsOf(id)
  expect(reply).toMatchObject({ parentId: question.id, atMs: 2000 })
})

it('who thinks better of it is back at the video, and nothing is said', async () => {
  const { id, page, recorder } = await watching()
  await recorder.button('Answer by video').click()
  await recorder.button('Back to the video').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await recorder.button('Answer by video').click()
  await record(page, 2)
  await page.keyboard.press('Escape')
  await recorder.button('Discard').click()
  await page.getByRole('button', { name: 'Discard recording' }).click()
  await recorder.button('Back to the video').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => commentsOf(id)).toEqual([])
})

it('an answer whose tab died is recovered as the answer that it was to be', async () => {
  const { id, context, page, player, recorder } = await watching()
  await player.seek(3000)
  await recorder.button('Answer by video').click()
  await record(page, 5)
  await page.close()
  const later = await context.newPage()
  await later.goto('/')
  const notice = later.getByRole('region', { name: 'Recovered recordings' })
  await notice.getByText('It is complete on the server.').waitFor()
  await notice.getByRole('link', { name: 'Watch it' }).click()
  await later.waitForURL(/\?c=/)
  await commentsOn(later).getByRole('button', { name: 'Play the answer by Ben' }).waitFor()
  expect(await commentsOf(id)).toMatchObject([{ atMs: 3000 }])
})
