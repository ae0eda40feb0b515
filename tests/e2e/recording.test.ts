import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { ffprobe, offsetSeconds } from '../support/ffprobe.ts'
import { playerOn } from './player.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')

const it = test.skipIf(!hasChromium)
const { read, videoOf } = scene.readAs(ada)
const updates = async () => (await read('/api/updates')).items as { id: string; publishedAt: string | null }[]

async function open(prepare: (context: BrowserContext) => Promise<unknown> = async () => {}) {
  const context = await scene.browserOf(ada)
  await prepare(context)
  const page = await context.newPage()
  return { page, recorder: recorderOn(page) }
}

let worker: Promise<void> | undefined
const withWorker = () => (worker ??= scene.startWorker())

/** Measures in the page how long it records: from the first sight of Stop, without pauses, to the press on it. */
async function stopwatchOn(page: Page) {
  const watch = await page.evaluateHandle(() => {
    const state = { ms: 0, since: null as number | null }
    const begin = () => {
      state.since ??= performance.now()
    }
    const end = () => {
      if (state.since !== null) state.ms += performance.now() - state.since
      state.since = null
    }
    let begun = false
    new MutationObserver(() => {
      if (begun || !document.querySelector('[role="timer"]')) return
      begun = true
      begin()
    }).observe(document.body, { subtree: true, childList: true })
    addEventListener(
      'click',
      ({ target }) => {
        const name = (target as Element).closest('button')?.textContent?.trim() ?? ''
        if (/^(Pause|Stop)/.test(name)) end()
        if (/^Resume/.test(name)) begin()
      },
      true,
    )
    return state
  })
  return () => watch.evaluate(({ ms }) => ms)
}

/** All that the person saw being recorded is stored, and no more than the recorder counted: a busy page shows late that it has begun. */
async function expectWhole(updateId: string, seenMs: number, storedMs?: number) {
  const { id, durationMs } = await videoOf(updateId)
  const { clockMs } = await read(`/api/videos/${id}/receipt`)
  const wholeMs = storedMs ?? durationMs
  expect(wholeMs).toBeGreaterThan(seenMs - 300)
  expect(Math.abs(wholeMs - clockMs)).toBeLessThan(300)
}

it('what happens while it is paused is not in the recording; picture and sound stay together', async () => {
  const { page, recorder } = await open()
  await recorder.open()
  const recordedMs = await stopwatchOn(page)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(2)
  await recorder.button('Pause').click()
  await page.getByText('Paused', { exact: true }).waitFor()
  const shown = await page.getByRole('timer').textContent()
  await page.waitForTimeout(1500)
  await expect.poll(() => page.getByRole('timer').textContent()).toBe(shown)
  await recorder.button('Resume').click()
  await recorder.hasRecorded(4)
  await recorder.stop.click()
  const expectedMs = await recordedMs()
  const id = await recorder.isDone()
  await expectWhole(id, expectedMs)

  await withWorker()
  await page.getByRole('link', { name: 'Download' }).waitFor({ timeout: 60_000 })
  const { playback } = await videoOf(id)
  const original = await ffprobe(scene.origin + playback.original)
  await expectWhole(id, expectedMs, original.seconds * 1000)
  expect(offsetSeconds(original)).toBeLessThan(0.1)
  expect(Math.abs(Number(original.video?.duration) - Number(original.audio?.duration))).toBeLessThan(0.3)
})

it('a browser that cannot read tracks in a worker records in the page, pauses included', async () => {
  const { page, recorder } = await open((context) =>
    context.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'MediaStreamTrackProcessor')
    }),
  )
  await recorder.open()
  const recordedMs = await stopwatchOn(page)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(2)
  await recorder.button('Pause').click()
  await page.waitForTimeout(1000)
  await recorder.button('Resume').click()
  await recorder.hasRecorded(3)
  await recorder.stop.click()
  const expectedMs = await recordedMs()
  const id = await recorder.isDone()
  await expectWhole(id, expectedMs)
  await playerOn(page).play()
})

it('a browser without WebCodecs writes a file of its own, which becomes an update that plays', async () => {
  const { page, recorder } = await open((context) =>
    context.addInitScript(() => {
      for (const name of ['VideoEncoder', 'AudioEncoder']) Reflect.deleteProperty(globalThis, name)
    }),
  )
  await recorder.open()
  const recordedMs = await stopwatchOn(page)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(3)
  await page.getByText(/on this device 0:0[1-9] · safe on the server 0:0[1-9]/).waitFor()
  await recorder.stop.click()
  const seenMs = await recordedMs()
  const id = await recorder.isDone()
  await withWorker()
  const player = playerOn(page)
  await player.isReady()
  await player.play()
  expect((await videoOf(id)).durationMs).toBeGreaterThan(seenMs - 500)
})

it('the camera is shown while it is recorded, and is what is watched', async () => {
  const { page, recorder } = await open()
  await recorder.start('Camera')
  const preview = page.getByLabel('Your camera')
  await expect.poll(() => preview.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0)
  await recorder.hasRecorded(1)
  await recorder.stop.click()
  await recorder.isDone()
  const player = playerOn(page)
  await player.play()
  expect(await player.read((video) => video.videoWidth)).toBeGreaterThan(0)
})

it('keys start, skip the countdown, pause, resume and stop', async () => {
  const { page, recorder } = await open()
  await recorder.open()
  await page.keyboard.press('r')
  await recorder.button('Skip countdown').waitFor()
  await page.keyboard.press('Enter')
  await recorder.hasRecorded(1)
  await page.keyboard.press('p')
  await recorder.button('Resume').waitFor()
  await page.keyboard.press('p')
  await recorder.button('Pause').waitFor()
  await page.keyboard.press('r')
  const id = await recorder.isDone()
  expect((await updates()).find((update) => update.id === id)?.publishedAt).not.toBeNull()
})

const keepShared = (context: BrowserContext) =>
  context.addInitScript(() => {
    const { mediaDevices } = navigator
    const share = mediaDevices?.getDisplayMedia.bind(mediaDevices)
    if (!share) return
    mediaDevices.getDisplayMedia = async (options) => {
      const stream = await share(options)
      Object.assign(globalThis, { shared: stream })
      return stream
    }
  })

it('the countdown counts from 3; cancelling it lets go of the screen and leaves nothing behind', async () => {
  const before = (await updates()).length
  const { page, recorder } = await open(keepShared)
  await recorder.open()
  await recorder.button('Start recording').click()
  for (const left of ['3', '2']) await page.getByRole('status').getByText(left, { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await recorder.button('Start recording').waitFor()
  await expect
    .poll(() =>
      page.evaluate(() => (globalThis as unknown as { shared: MediaStream }).shared.getTracks().map((track) => track.readyState)),
    )
    .not.toContain('live')
  expect((await updates()).length).toBe(before)
})

it('“Stop sharing” of the browser finishes the recording', async () => {
  const { page, recorder } = await open(keepShared)
  await recorder.start()
  await recorder.hasRecorded(1)
  await page.evaluate(() => {
    const [track] = (globalThis as unknown as { shared: MediaStream }).shared.getVideoTracks()
    track?.stop()
    track?.dispatchEvent(new Event('ended'))
  })
  const id = await recorder.isDone()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  expect((await videoOf(id)).durationMs).toBeGreaterThan(700)
  await playerOn(page).play()
})

it('discarding asks, then deletes what was recorded', async () => {
  const before = (await updates()).length
  const { page, recorder } = await open()
  await recorder.start()
  await recorder.hasRecorded(1)
  await expect.poll(async () => (await updates()).length).toBe(before + 1)
  await recorder.button('Discard').click()
  await page.getByRole('button', { name: 'Keep recording' }).click()
  await recorder.hasRecorded(2)
  await recorder.button('Discard').click()
  await page.getByRole('button', { name: 'Discard recording' }).click()
  await recorder.button('Start recording').waitFor()
  await expect.poll(async () => (await updates()).length).toBe(before)
})

it('leaving while it records asks first, by link, by the back button and by closing the tab; what was recorded is kept and sent', async () => {
  const before = (await updates()).length
  const { page, recorder } = await open()
  await page.goto('/')
  await page.getByRole('link', { name: 'Record', exact: true }).first().click()
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  const question = page.getByRole('dialog', { name: 'End this recording?' })

  await page.getByRole('link', { name: 'Meanwhile, what waits for you' }).click()
  await question.getByRole('button', { name: 'Keep recording' }).click()
  await question.waitFor({ state: 'detached' })
  await page.goBack()
  await question.getByRole('button', { name: 'Keep recording' }).click()
  await question.waitFor({ state: 'detached' })
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  expect(new URL(page.url()).pathname).toBe('/record')
  await recorder.hasRecorded(2)

  await page.getByRole('link', { name: 'Meanwhile, what waits for you' }).click()
  await question.getByRole('button', { name: 'End and leave' }).click()
  await page.getByRole('heading', { name: 'What waits for you' }).waitFor()
  await page.getByRole('region', { name: 'Recovered recordings' }).getByText('It is complete on the server.').waitFor()
  const kept = await updates()
  expect(kept).toHaveLength(before + 1)
  expect(kept[0]?.publishedAt).not.toBeNull()
})

it('without a network it goes on recording, says so, and sends everything when it is back', async () => {
  const { page, recorder } = await open()
  await recorder.open()
  const recordedMs = await stopwatchOn(page)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  await page.context().setOffline(true)
  await page.getByText('The recording goes on and is sent as soon as possible.').waitFor()
  await recorder.hasRecorded(4)
  await page.context().setOffline(false)
  await page.getByText('The recording goes on and is sent as soon as possible.').waitFor({ state: 'detached' })

  await page.context().setOffline(true)
  await recorder.hasRecorded(5)
  // What asks before something ends needs no network either.
  await recorder.button('Discard').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard recording' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Meanwhile, what waits for you' }).click()
  await page.getByRole('button', { name: 'End and leave' }).waitFor()
  await page.keyboard.press('Escape')
  await recorder.stop.click()
  await page.getByRole('heading', { name: 'Sending the last seconds' }).waitFor()
  await page.getByText('It goes on by itself; keep this tab open.').waitFor()
  await page.context().setOffline(false)
  const id = await recorder.isDone()
  await expectWhole(id, await recordedMs())
  await playerOn(page).play()
})

it('it goes on while the person is in another tab', async () => {
  const { page, recorder } = await open()
  await recorder.open()
  const recordedMs = await stopwatchOn(page)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  const other = await page.context().newPage()
  await other.goto('/settings')
  await other.bringToFront()
  const draft = (await updates()).find(({ publishedAt }) => publishedAt === null)
  await expect.poll(async () => (await videoOf(draft?.id ?? '')).durationMs, { timeout: 20_000 }).toBeGreaterThan(1500)
  await page.bringToFront()
  await recorder.stop.click()
  const id = await recorder.isDone()
  await expectWhole(id, await recordedMs())
})
