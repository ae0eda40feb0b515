import { schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as, db } = scene
const ada = await given.person('Ada')
const recording = await given.recording(ada, await cutRecording({ ms: 4000, repeat: 10 }))
const path = `/u/${recording.id}`

const it = test.skipIf(!hasChromium)
afterEach(() => {
  vi.useRealTimers()
})

/** Ada's browser on the page of the recording, at its beginning unless the query says more. */
async function watch(query = '?t=0') {
  const page = await scene.pageOf(ada)
  const player = playerOn(page)
  await player.open(path + query)
  return { page, player }
}
const viewOf = async () => (await as(ada).inject({ url: `/api/updates/${recording.id}` })).json().view

it('what was just recorded is played by the browser itself, without any code for it', async () => {
  const page = await scene.pageOf(ada)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const player = playerOn(page)
  await player.open(path)
  await player.play()
  expect(await player.source()).toMatch(/\/master\.m3u8$/)
  expect(asked.filter((url) => /\/assets\/hls/.test(url))).toEqual([])
})

it('a browser that cannot play it by itself gets hls.js, only then, and seeks and plays at its speed', async () => {
  const context = await scene.browserOf(ada)
  await context.addInitScript(() => {
    HTMLMediaElement.prototype.canPlayType = () => ''
  })
  const page = await context.newPage()
  const loaded = page.waitForRequest(/\/assets\/hls/)
  const player = playerOn(page)
  await player.open(`${path}?t=21`)
  await loaded
  expect(await player.source()).toMatch(/^blob:/)
  await player.isAt(21_000)
  await player.play()
  await page.keyboard.press('9')
  await player.isAt(36_000, 3000)
  await player.movesOn()
})

it('an update plays as its viewer chose, else as its author says, else as the workspace does; its author sees how many have caught up', async () => {
  const ben = await given.person('Ben')
  const settings = await scene.pageOf(ada)
  await settings.goto('/settings')
  const choose = async (group: string, label: string, option: string) => {
    const saved = settings.waitForResponse((response) => response.request().method() === 'PATCH')
    await settings.getByRole('region', { name: group }).getByLabel(label).selectOption(option)
    expect((await saved).status()).toBe(200)
  }
  const workspace = 'How updates play in this workspace'
  const author = 'How my updates play for others'
  await choose(workspace, 'Playback speed', '1.5×')
  await choose(workspace, 'Captions', 'Shown')
  const his = await scene.pageOf(ben)
  const player = playerOn(his)
  await player.open(path)
  await his.getByRole('button', { name: 'Speed 1.5×' }).waitFor()
  expect(await player.rate()).toBe(1.5)
  await choose(author, 'Playback speed', '1.2×')
  await his.reload()
  await his.getByRole('button', { name: 'Speed 1.2×' }).click()

  // Also where it is what the workspace says: the author counts before that, the viewer before both, in every browser.
  const saved = his.waitForResponse((response) => response.url().endsWith('/api/me/preferences'))
  await his.getByRole('menuitemradio', { name: '1.5×' }).click()
  await saved
  await choose(author, 'Playback speed', '2×')
  const elsewhere = await scene.pageOf(ben)
  await playerOn(elsewhere).open(path)
  await elsewhere.getByRole('button', { name: 'Speed 1.5×' }).waitFor()
  await elsewhere.goto('/settings')
  const own = elsewhere.getByRole('region', { name: 'How I watch' }).getByLabel('Playback speed')
  expect(await own.inputValue()).toBe('1.5')
  const takenBack = elsewhere.waitForResponse((response) => response.request().method() === 'PATCH')
  await own.selectOption('As the author says')
  await takenBack
  await playerOn(elsewhere).open(path)
  await elsewhere.getByRole('button', { name: 'Speed 2×' }).waitFor()
  expect(await elsewhere.getByText('caught up').count()).toBe(0)

  const hers = await scene.pageOf(ada)
  const listening = hers.waitForResponse(/\/api\/events/)
  await playerOn(hers).open(path)
  await listening
  await hers.getByText(/^0 of \d have caught up$/).waitFor()
  await as(ben).inject({ method: 'PUT', url: `/api/updates/${recording.id}/view`, payload: { ranges: [[0, 40_000]] } })
  await hers.getByText(/^1 of \d have caught up$/).waitFor()
  const unset = { rate: null, captions: null }
  await as(ada).inject({ method: 'PATCH', url: '/api/workspace', payload: { playback: unset } })
  await as(ada).inject({ method: 'PATCH', url: '/api/me/preferences', payload: { suggested: unset } })
})

it('a viewer goes on where they left, in another browser too, paused or playing, but begins again when they were near the end', async () => {
  const first = await watch('')
  await first.player.play()
  await first.page.keyboard.press('5')
  await first.player.movesOn()
  await first.player.pause()
  const leftMs = await first.player.currentMs()
  await expect.poll(async () => Math.abs((await viewOf()).positionMs - leftMs)).toBeLessThanOrEqual(60)
  const { page, player } = await watch('')
  await player.isAt(leftMs)

  await player.play()
  await page.keyboard.press('7')
  await player.isAt(28_000, 3000)
  await player.movesOn()
  await page.goto('/settings')
  await expect.poll(async () => (await viewOf()).positionMs).toBeGreaterThan(28_000)
  const { positionMs } = await viewOf()
  await player.open(path)
  await player.isAt(positionMs)

  await player.play()
  await page.keyboard.press('End')
  await expect.poll(async () => (await viewOf()).positionMs).toBeGreaterThan(38_000)
  await player.open(path)
  await player.isAt(0)
})

it('links land at the moment or at the comment that they name, also without loading the page again', async () => {
  const written = await as(ada).inject({
    method: 'POST',
    url: `/api/updates/${recording.id}/comments`,
    payload: { text: 'Here', atMs: 23_400 },
  })
  const { id } = written.json()
  for (const [query, ms] of [
    ['?t=0:02', 2000],
    ['#t=3s', 3000],
    ['?t=999', 40_000],
    [`?c=${id}`, 23_400],
  ] as const) {
    const { page, player } = await watch(query)
    await player.isAt(ms, query === '?t=999' ? 700 : 60)
    if (query.startsWith('?c=')) {
      await page.locator(`#c-${id}.target`).waitFor()
      await page.keyboard.press('0')
      await player.isAt(0)
      await page.getByRole('list', { name: 'Comments' }).getByRole('link').first().click()
    }
    await page.context().close()
  }
  const { page, player } = await watch()
  await page.getByRole('button', { name: 'Comment by Ada at 0:23' }).click()
  await player.isAt(23_400)
  expect(new URL(page.url()).searchParams.get('c')).toBe(id)
})

it('a media link that expires while somebody watches is renewed; they notice at most a short wait', async () => {
  const { page, player } = await watch()
  await player.play()
  const refused = page.waitForResponse((response) => response.status() === 403 && response.url().includes('/media/'))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 60_000 })
  await page.keyboard.press('7')
  await refused
  await player.isAt(28_000, 4000)
  await player.movesOn()
  expect(await player.isPaused()).toBe(false)
  await expect.poll(() => page.getByRole('alert').count()).toBe(0)
})

it('without a network the player waits, says so, and goes on by itself when it is back', async () => {
  const { page, player } = await watch()
  await player.play()
  await page.context().setOffline(true)
  await page.keyboard.press('8')
  await page.getByText('Waiting for the connection…').waitFor()
  await page.context().setOffline(false)
  await player.isAt(32_000, 4000)
  await player.movesOn()
  await page.getByText('Waiting for the connection…').waitFor({ state: 'detached' })
})

it('a video that cannot be loaded says so, and is tried again when the viewer wishes', async () => {
  const page = await scene.pageOf(ada)
  await page.route('**/media/**', (route) => route.abort())
  await page.goto(path)
  const problem = page.getByRole('alert').filter({ hasText: 'This video cannot be played right now.' })
  await problem.waitFor()
  await page.unroute('**/media/**')
  await problem.getByRole('button', { name: 'Try again' }).click()
  await playerOn(page).movesOn()
  await expect.poll(() => problem.count()).toBe(0)
})

it('an update of another workspace, a draft of somebody else and an address cut off all show the same page', async () => {
  const stranger = await given.person('Sam')
  const [elsewhere] = await db.insert(schema.workspaces).values({ name: 'Elsewhere' }).returning()
  await db.update(schema.members).set({ workspaceId: elsewhere!.id }).where(eq(schema.members.userId, stranger.id))
  const ben = await given.person('Ben')
  const draft = await given.update(ada, { title: 'Secret', video: { tracks: ['main'] } })
  for (const [person, address] of [
    [stranger, path],
    [ben, `/u/${draft.id}`],
    [ben, '/u/00000000-0000-4000-8000-000000000000'],
    [ben, '/u/cut-off'],
  ] as const) {
    const page = await scene.pageOf(person)
    await page.goto(address)
    await page.getByRole('heading', { name: 'There is nothing here that you can see' }).waitFor()
    expect(await page.title()).toBe('Nothing here · Meanwhile')
    await expect.poll(() => page.locator('video').count()).toBe(0)
    await page.context().close()
  }
})

it('the original plays as soon as it exists, without reload; the quality menu changes neither moment nor speed', async () => {
  const { id } = await given.recording(ada, await cutRecording({ ms: 6000, size: '960x540', rate: 15 }), 'Large')
  const page = await scene.pageOf(ada)
  const player = playerOn(page)
  await player.open(`/u/${id}`)
  expect(await player.source()).toMatch(/\.m3u8$/)
  await scene.startWorker()
  await expect.poll(player.source, { timeout: 60_000 }).toMatch(/original\.mp4$/)
  await page.getByRole('link', { name: 'Download' }).waitFor()
  await page.getByRole('region', { name: 'Processing' }).waitFor({ state: 'detached', timeout: 60_000 })

  await page.keyboard.press('>')
  await page.keyboard.press('>')
  await player.seek(2500)
  await page.getByRole('button', { name: 'Quality' }).click()
  const menu = page.getByRole('menu', { name: 'Quality' })
  await expect.poll(() => menu.getByRole('menuitemradio').count()).toBe(3)
  await menu.getByRole('menuitemradio', { name: '480p' }).click()
  await expect.poll(() => player.read((video) => video.videoHeight)).toBe(480)
  await player.isAt(2500)
  expect(await player.rate()).toBe(1.5)
  expect(await player.isPaused()).toBe(true)

  await player.play()
  await page.getByRole('button', { name: 'Quality' }).click()
  await menu.getByRole('menuitemradio', { name: '540p' }).click()
  await expect.poll(() => player.read((video) => video.videoHeight)).toBe(540)
  await player.movesOn()
  expect(await player.rate()).toBe(1.5)
  await as(ada).inject({ method: 'PATCH', url: '/api/me', payload: { rate: 1 } })

  // Where the choice is the player's, a connection that keeps it waiting though it brings something gets less to carry.
  await page.getByRole('button', { name: 'Quality' }).click()
  await menu.getByRole('menuitemradio', { name: 'Auto' }).click()
  expect(await player.source()).toMatch(/original\.mp4$/)
  await player.pause()
  await player.seek(1500)
  await player.read(async (video) => {
    video.dispatchEvent(new Event('waiting'))
    for (let tick = 0; tick < 10; tick++) {
      await new Promise((resolve) => setTimeout(resolve, 450))
      video.dispatchEvent(new Event('progress'))
    }
  })
  await expect.poll(player.source).toMatch(/\.m3u8$/)
  await player.isAt(1500)
})
