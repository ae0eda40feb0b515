import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 4000, repeat: 10 })
const { id } = await given.recording(ada, cut, 'Framed')

/** A page of somebody else's, which frames an update and talks to it in the words of Player.js. */
const around = createServer((request, response) => {
  const path = new URL(request.url ?? '', 'http://here').searchParams.get('path')
  response.setHeader('content-type', 'text/html').end(`<!doctype html><title>A wiki</title>
    <iframe name="update" src="${scene.origin}${path}" width="640" height="360" allow="autoplay"></iframe>
    <script>
      const heard = []
      const ask = (method, value) =>
        frames.update.postMessage(JSON.stringify({ context: 'player.js', version: '0.0.11', method, value, listener: 'wiki' }), '*')
      addEventListener('message', ({ data }) => heard.push(JSON.parse(data)))
    </script>`)
})
await new Promise<void>((resolve) => around.listen(0, '127.0.0.1', resolve))
afterAll(() => around.close())
/** On `localhost` it belongs to the same site as ours, so that the browser sends the session along; on 127.0.0.1 it does not. */
const wiki = (path: string, host: 'localhost' | '127.0.0.1' = 'localhost') =>
  `http://${host}:${(around.address() as AddressInfo).port}/?path=${encodeURIComponent(path)}`

const it = test.skipIf(!hasChromium)

/** Ben's browser with the wiki open, and what its script says and hears. */
async function framed(path: string, page?: Page) {
  page ??= await scene.pageOf(ben)
  await page.goto(wiki(path))
  const tell = (method: string, value?: unknown) => page.evaluate(`ask('${method}', ${JSON.stringify(value)})`)
  const heard = async (event: string): Promise<unknown[]> =>
    page.evaluate(`heard.filter((each) => each.event === '${event}').map(({ value }) => value ?? null)`)
  const times = async (event: string) => (await heard(event)).length
  /** The answer to a question that is asked again and again. */
  const answer = (method: string) =>
    expect.poll(async () => {
      await tell(method)
      return (await heard(method)).at(-1)
    })
  return { page, frame: page.frameLocator('iframe'), tell, heard, times, answer }
}

it('another page frames an update, steers it and follows it; comments are written in a window of their own', async () => {
  const { page, frame, tell, heard, times, answer } = await framed(`/embed/${id}?t=2`)
  await frame.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await expect.poll(() => heard('ready')).toMatchObject([{ src: `${scene.origin}/embed/${id}?t=2` }])
  await expect(frame.getByRole('textbox').count()).resolves.toBe(0)
  const view = async () => (await as(ben).inject({ url: `/api/updates/${id}` })).json().view
  expect(await view()).toBeNull()

  await answer('getDuration').toBeCloseTo(40, 0)
  for (const event of ['play', 'pause', 'ended', 'timeupdate', 'progress', 'seeked']) await tell('addEventListener', event)
  await answer('getMuted').toBe(false)
  await tell('mute')
  await answer('getMuted').toBe(true)
  await tell('unmute')
  await answer('getMuted').toBe(false)
  await tell('setVolume', 40)
  await tell('setVolume', 'loud')
  await answer('getVolume').toBe(40)

  await tell('play')
  await expect.poll(async () => ((await heard('timeupdate')).at(-1) as { seconds: number })?.seconds).toBeGreaterThan(2.2)
  expect(await heard('timeupdate')).toContainEqual({ seconds: expect.any(Number), duration: expect.closeTo(40, 0) })
  await tell('pause')
  await answer('getPaused').toBe(true)
  await expect.poll(async () => [await times('play'), await times('pause')]).toEqual([1, 1])
  await expect.poll(view).not.toBeNull()

  await tell('setCurrentTime', 39.2)
  await answer('getCurrentTime').toBe(39.2)
  await expect.poll(() => times('seeked')).toBeGreaterThan(0)
  await expect.poll(() => heard('progress')).toContainEqual({ percent: expect.any(Number) })
  await tell('play')
  await expect.poll(() => times('ended')).toBe(1)
  await tell('setLoop', true)
  await answer('getLoop').toBe(true)
  await tell('setCurrentTime', 39.2)
  await tell('play')
  await answer('getCurrentTime').toBeLessThan(10)
  expect(await times('ended')).toBe(1)

  await tell('removeEventListener', 'play')
  const before = await times('play')
  await tell('pause')
  await answer('getPaused').toBe(true)
  await tell('play')
  await answer('getPaused').toBe(false)
  expect(await times('play')).toBe(before)
  await tell('pause')

  await tell('setCurrentTime', 8)
  await tell('setCurrentTime', 'soon')
  await tell('constructor')
  await page.evaluate(`frames.update.postMessage('not one of its messages', '*')`)
  await answer('getCurrentTime').toBe(8)
  await frame.getByRole('main').focus()
  await page.keyboard.press('ArrowDown')
  await answer('getVolume').toBe(30)
  const whole = page.context().waitForEvent('page')
  await page.keyboard.press('c')
  await expect.poll(async () => new URL((await whole).url()).pathname + new URL((await whole).url()).search).toBe(`/u/${id}?t=8`)
})

it('its chapters are in its menu, it loops where it is trimmed, and what is deleted meanwhile says so', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'Short-lived')
  const chapters = [
    { atMs: 0, title: 'Hello' },
    { atMs: 1000, title: 'Plan' },
  ]
  await given.edit(ada, videoId, { chapters, cuts: [[3000, 40_000]] })
  const { page, frame, tell, times, answer } = await framed(`/embed/${id}?t=2`)
  for (const event of ['ended', 'error']) await tell('addEventListener', event)
  await answer('getDuration').toBeCloseTo(3, 0)
  await tell('mute')
  await tell('setLoop', true)
  await tell('play')
  await answer('getCurrentTime').toBeGreaterThan(2.2)
  await answer('getCurrentTime').toBeLessThan(1.8)
  await tell('pause')
  await answer('getPaused').toBe(true)
  expect(await times('ended')).toBe(0)
  await frame.getByRole('button', { name: 'Quality' }).click()
  await frame.getByRole('menuitemradio', { name: 'Plan 0:01' }).click()
  await answer('getCurrentTime').toBe(1)

  const whole = await page.context().newPage()
  await whole.goto(`/u/${id}`)
  await whole.getByRole('button', { name: 'Play', exact: true }).waitFor()
  expect((await as(ada).inject({ method: 'DELETE', url: `/api/updates/${id}` })).statusCode).toBe(204)
  await whole.getByRole('heading', { name: 'This is not here any more' }).waitFor()
  await page.bringToFront()
  await frame.getByText('This is not here any more').waitFor()
  await expect.poll(() => frame.locator('video').count()).toBe(0)
  expect(await times('error')).toBe(1)
})

it('what cannot be loaded is tried again, what cannot be played is told, and a text leads to where it is read', async () => {
  const page = await scene.pageOf(ben)
  // As if the page had come without its data.
  await page.route('**/embed/*', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(/<script type="application\/json".*?<\/script>/s, '')
    await route.fulfill({ response, body })
  })
  await page.route('**/api/updates/*', (route) => route.abort())
  await page.route('**/media/**', (route) => route.abort())
  const { frame, tell, times } = await framed(`/embed/${id}`, page)
  await frame.getByText('This could not be loaded.').waitFor()
  await page.unroute('**/api/updates/*')
  await frame.getByRole('button', { name: 'Try again' }).click()
  await tell('addEventListener', 'error')
  await frame.getByText('This video cannot be played right now.').waitFor()
  await expect.poll(() => times('error')).toBe(1)

  const text = await given.update(ada, { title: 'Only words', body: 'Read me' })
  const read = await framed(`/embed/${text.id}`)
  await read.frame.getByText('“Only words” is a text, without a video.').waitFor()
  await expect
    .poll(() => read.frame.getByRole('link', { name: 'Read it in Meanwhile' }).getAttribute('href'))
    .toBe(`/u/${text.id}`)
})

it('where the browser keeps the session back it leads to the whole page, and it looks again when somebody comes back', async () => {
  const page = await scene.pageOf(ben)
  await page.goto(wiki(`/embed/${id}?t=2`, '127.0.0.1'))
  const whole = page.context().waitForEvent('page')
  await page.frameLocator('iframe').getByRole('link', { name: 'Open in Meanwhile' }).click()
  await (await whole).getByRole('button', { name: 'Play', exact: true }).waitFor()
  expect((await whole).url()).toBe(`${scene.origin}/u/${id}?t=2`)

  const { page: theirs, frame } = await framed(`/embed/${id}`, await scene.pageOf(null))
  await frame.getByRole('link', { name: 'Open in Meanwhile' }).waitFor()
  const data = { email: ben.email, password: scene.password }
  await theirs.context().request.post('/api/auth/sign-in/email', { data, headers: { origin: scene.origin } })
  await frame.locator('html').evaluate(() => dispatchEvent(new Event('focus')))
  await frame.getByRole('button', { name: 'Play', exact: true }).waitFor()

  const elsewhere = await framed(`/embed/${crypto.randomUUID()}`)
  await elsewhere.frame.getByText('There is nothing here that you can see.').waitFor()
})
