import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { violationsOn } from './is-fine.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const [ben, cleo, dan] = [await given.person('Ben'), await given.person('Cleo'), await given.person('Dan')]
const { read } = scene.readAs(cleo)

const first = await given.recording(ada, await cutRecording({ ms: 6000, silent: [[2000, 5000]] }), 'What Ada did')
const second = await given.recording(ben, await cutRecording({ ms: 5000 }), 'What Ben did')
const text = await given.update(ada, {
  title: 'Written down',
  body: 'Nothing is in my way. I have read what the others wrote about the new screens, and I will try each of them with somebody tomorrow at noon.',
})
/** How long it takes to read. */
const textMs = 9000
const third = await given.recording(ben, await cutRecording({ ms: 5000 }), 'For Cleo')
await as(ada).inject({
  method: 'POST',
  url: `/api/updates/${third.id}/comments`,
  payload: { text: 'What do you say?', type: 'question', ownerId: cleo.id },
})
await as(cleo).inject({ method: 'PATCH', url: '/api/me/preferences', payload: { playback: { rate: 1.5, skipSilences: true } } })

const it = test.skipIf(!hasChromium)

const chapters = (page: Page) => page.getByRole('list', { name: 'In this reel' })
const now = (page: Page) => page.getByRole('heading', { level: 2 }).first()
const { videoOf } = scene.readAs(ada)
const known = (id: string, what: 'silences' | 'original' | 'audio') =>
  expect.poll(async () => (await videoOf(id)).playback[what] !== null, { timeout: 120_000 }).toBe(true)

/** Every frame that is shown from now on by any video: whose, when, and where in it. */
const watchFrames = (page: Page) =>
  page.evaluate(() => {
    const known = new Map<HTMLVideoElement, number>()
    const frames: { of: number; at: number; ms: number; rate: number }[] = []
    Object.assign(window, { frames })
    const look = () => {
      for (const video of document.querySelectorAll<HTMLVideoElement>('.player video:not(.camera)')) {
        if (known.has(video)) continue
        known.set(video, known.size)
        const note = (at: number, { mediaTime }: VideoFrameCallbackMetadata) => {
          if (!video.paused) frames.push({ of: known.get(video) ?? 0, at, ms: mediaTime * 1000, rate: video.playbackRate })
          video.requestVideoFrameCallback(note)
        }
        video.requestVideoFrameCallback(note)
      }
      requestAnimationFrame(look)
    }
    look()
  })

it('a reel is played as one: what names me first, at my speed, without silences or gaps, each with its own comments, and is seen then', async () => {
  await scene.startWorker()
  await known(first.id, 'silences')
  for (const { id } of [second, third]) await known(id, 'original')
  const page = await scene.pageOf(cleo)
  await page.goto('/reel?from=unseen')
  await page.getByText('2 people · 0:25 →').waitFor()
  await page.getByText(/at 1\.5× without silences/).waitFor()
  const names = await chapters(page).getByRole('button').allTextContents()
  expect(names.map((name) => /What Ada did|What Ben did|Written down|For Cleo/.exec(name)?.[0])).toEqual([
    'For Cleo',
    'What Ada did',
    'What Ben did',
    'Written down',
  ])
  await playerOn(page).isReady()
  expect(await violationsOn(page)).toEqual([])

  await watchFrames(page)
  await page.getByRole('button', { name: 'Start the reel' }).click()
  await expect.poll(() => now(page).textContent()).toBe('What Ada did')
  await expect.poll(() => page.evaluate(() => document.querySelectorAll('.player').length)).toBe(1)
  // What is said while the second plays lands on the second.
  await page.keyboard.press('c')
  const field = page.getByRole('textbox', { name: 'Add a comment' })
  await field.fill('Good to know')
  await field.press('Enter')
  await expect
    .poll(async () => (await read(`/api/updates/${first.id}/comments`)).items)
    .toMatchObject([{ text: 'Good to know', atMs: expect.any(Number) }])
  await page.keyboard.press('Escape')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  const paused = await playerOn(page).isPaused()
  if (paused) await page.keyboard.press('k')
  await expect.poll(() => now(page).textContent(), { timeout: 30_000 }).toBe('What Ben did')
  await page.getByRole('region', { name: 'Text of Ada' }).waitFor({ timeout: 30_000 })
  await page.getByText('Nothing is in my way.').waitFor()
  // Whoever writes is not interrupted: the text waits, and goes on when they are done.
  await field.fill('Not done yet')
  await page.getByRole('button', { name: 'Go on' }).waitFor()
  await page.waitForTimeout(textMs)
  expect(await field.inputValue()).toBe('Not done yet')
  await field.press('Escape')
  await page.getByRole('heading', { name: 'You have caught up' }).waitFor({ timeout: 30_000 })

  type Frame = { of: number; at: number; ms: number; rate: number }
  const frames = await page.evaluate(() => (window as unknown as { frames: Frame[] }).frames)
  const gaps = frames.flatMap(({ of, at }, index) => {
    const before = frames[index - 1]
    return before && before.of !== of ? [Math.round(at - before.at)] : []
  })
  process.stdout.write(`gaps between updates, in ms: ${gaps.join(', ')}\n`)
  expect(gaps).toHaveLength(2)
  expect(new Set(frames.map(({ rate }) => rate))).toEqual(new Set([1.5]))

  for (const { id } of [first, second, third, text])
    await expect
      .poll(async () => (await read(`/api/reel?from=updates&updates=${id}`)).items[0].caughtUp, { message: id })
      .toBe(true)
  expect((await read('/api/reel?from=unseen')).items).toEqual([])
  await page.goto('/reel?from=unseen')
  await page.getByText('There is nothing here that you have not seen.').waitFor()
})

it('somebody steps through a reel by keys, and goes on with the first unseen on another device, on a phone too', async () => {
  const made = await as(ada).inject({
    method: 'POST',
    url: '/api/reels',
    payload: { title: 'How we ship', updateIds: [first.id, second.id, third.id] },
  })
  const path = `/reel?from=list&list=${made.json().id}`
  const page = await scene.pageOf(dan)
  await page.goto(path)
  const player = playerOn(page)
  await player.isReady()
  await page.getByRole('button', { name: 'Start the reel' }).click()
  await player.movesOn()
  await page.keyboard.press('n')
  await expect.poll(() => now(page).textContent()).toBe('What Ben did')
  await page.keyboard.press('Shift+N')
  await expect.poll(() => now(page).textContent()).toBe('What Ada did')
  await player.movesOn()
  await expect.poll(() => now(page).textContent(), { timeout: 30_000 }).toBe('What Ben did')
  await page.keyboard.press('k')
  // A browser that is killed may lose its last words.
  const his = scene.readAs(dan)
  await expect.poll(async () => (await his.read(`/api/reel?from=updates&updates=${first.id}`)).items[0].caughtUp).toBe(true)
  await page.context().close()

  const phone = await scene.pageOf(dan, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
  await phone.goto(path)
  await expect.poll(() => now(phone).textContent()).toBe('What Ben did')
  await playerOn(phone).isReady()
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await violationsOn(phone)).toEqual([])

  // For a walk: its sound alone, with what a locked screen shows.
  await phone.getByRole('button', { name: 'Listen only' }).click()
  await phone.getByRole('region', { name: 'Listening' }).getByText('Ben · 2 of 3').waitFor()
  await expect.poll(() => phone.evaluate(() => navigator.mediaSession.metadata?.artist)).toBe('Ben')
  expect(await violationsOn(phone)).toEqual([])
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await phone.getByRole('region', { name: 'Listening' }).getByText('Ben · 3 of 3').waitFor({ timeout: 30_000 })
  await phone.getByRole('heading', { name: 'You have heard all of it' }).waitFor({ timeout: 30_000 })
  await phone.getByRole('button', { name: 'Back to the reel' }).click()
  await phone.getByRole('heading', { name: 'You have caught up' }).waitFor()
})

it('an update is put into a reel from its menu; reels are put in order, and a podcast feed is made and revoked', async () => {
  for (const { id } of [first, second, third]) await known(id, 'audio')
  const page = await scene.pageOf(ben)
  await page.goto(`/u/${second.id}`)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Add to a reel…' }).click()
  await page.getByRole('dialog').getByLabel('Title').fill('My best')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText('Added to the reel').waitFor()
  const { items } = (await as(ben).inject({ url: '/api/reels' })).json()
  const mine = items.find(({ title }: { title: string }) => title === 'My best')
  await as(ben).inject({ method: 'PUT', url: `/api/reels/${mine.id}/items/${first.id}` })

  await page.goto('/reel')
  await page.getByRole('button', { name: 'Change My best' }).click()
  await page.getByRole('menuitem', { name: 'Title and order…' }).click()
  await page.getByRole('button', { name: 'Move What Ada did up' }).click()
  await page.getByRole('button', { name: 'Keep' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  const order = (await as(ben).inject({ url: `/api/reel?from=list&list=${mine.id}` })).json().items
  expect(order.map(({ title }: { title: string }) => title)).toEqual(['What Ada did', 'What Ben did'])

  await page.getByRole('button', { name: 'Make a feed' }).click()
  const address = await page.getByLabel('Address of the feed').inputValue()
  expect((await (await fetch(address)).text()).match(/<item>/g)?.length).toBe(3)
  expect(await violationsOn(page)).toEqual([])
  await page.getByRole('button', { name: 'Revoke the feed of' }).click()
  await page.getByLabel('Address of the feed').waitFor({ state: 'hidden' })
  expect((await fetch(address)).status).toBe(404)
})
