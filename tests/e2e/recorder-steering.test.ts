import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const ada = await scene.given.person('Ada')

const it = test.skipIf(!hasChromium)

type Watched = typeof globalThis & { pressed: Map<string, () => void>; locks: WakeLockSentinel[] }

/** A recorder whose page notes what it asks of the browser. */
async function recording() {
  const context = await scene.browserOf(ada)
  await context.grantPermissions(['screen-wake-lock', 'camera', 'microphone', 'clipboard-write'])
  await context.addInitScript(() => {
    const { mediaSession, wakeLock } = navigator
    const noted = Object.assign(globalThis, { pressed: new Map(), locks: [] as WakeLockSentinel[] })
    const set = mediaSession.setActionHandler.bind(mediaSession)
    mediaSession.setActionHandler = (action, handler) => {
      set(action, handler)
      if (handler) noted.pressed.set(action, handler)
      else noted.pressed.delete(action)
    }
    // The empty page that every tab begins with has none.
    if (!wakeLock) return
    const request = wakeLock.request.bind(wakeLock)
    wakeLock.request = async (type) => {
      const lock = await request(type)
      noted.locks.push(lock)
      return lock
    }
  })
  const page = await context.newPage()
  const recorder = recorderOn(page)
  await recorder.start()
  const press = (action: string) => page.evaluate((name) => (globalThis as Watched).pressed.get(name)?.(), action)
  return { page, recorder, press }
}

it('media keys pause, resume, mute and stop it', async () => {
  const { page, recorder, press } = await recording()
  const state = () => page.evaluate(() => navigator.mediaSession.playbackState)
  await expect.poll(state).toBe('playing')
  await press('pause')
  await recorder.button('Resume').waitFor()
  await expect.poll(state).toBe('paused')
  await press('play')
  await recorder.button('Pause').waitFor()
  await press('togglemicrophone')
  await recorder.button('Unmute').waitFor()
  await press('stop')
  await recorder.isDone()
  expect(await page.evaluate(() => [...(globalThis as Watched).pressed.keys()])).toEqual([])
})

it('the screen stays awake as long as it records', async () => {
  const { page, recorder } = await recording()
  const released = () => page.evaluate(() => (globalThis as Watched).locks.map((lock) => lock.released))
  await expect.poll(released).toEqual([false])
  await recorder.stop.click()
  await recorder.isDone()
  await expect.poll(released).toEqual([true])
})

it('a small window stays on top, follows the recording and steers it', async () => {
  const { page, recorder } = await recording()
  const opening = page.context().waitForEvent('page')
  await recorder.button('Small window').click()
  const small = recorderOn(await opening)
  await small.button('Pause').click()
  await recorder.button('Resume').waitFor()
  await small.button('Resume').click()
  await small.stop.click()
  await recorder.isDone()
})
