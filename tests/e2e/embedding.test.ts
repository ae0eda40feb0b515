import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 4000, repeat: 3 })
const { id } = await given.recording(ada, cut, 'Framed')

/** A page of somebody else's, which frames an update and talks to it in the words of Player.js. */
const around = createServer((request, response) => {
  const path = new URL(request.url ?? '', 'http://here').searchParams.get('path')
  response.setHeader('content-type', 'text/html').end(`<!doctype html><title>A wiki</title>
    <iframe name="update" src="${scene.origin}${path}" width="640" height="360" allow="autoplay"></iframe>
    <script>
      const heard = []
      const ask = (method, value) =>
        frames.update.postMessage(JSON.stringify({ context: 'player.js', version: '0.0.11', method, value, listener: method }), '*')
      addEventListener('message', ({ data }) => heard.push(JSON.parse(data)))
    </script>`)
})
await new Promise<void>((resolve) => around.listen(0, 'localhost', resolve))
afterAll(() => around.close())
const wiki = (path: string) => `http://localhost:${(around.address() as AddressInfo).port}/?path=${encodeURIComponent(path)}`

const it = test.skipIf(!hasChromium)
const ask = (page: Page, method: string, value?: unknown) => page.evaluate(`ask('${method}', ${JSON.stringify(value)})`)
const heard = (page: Page, event: string) => page.evaluate(`heard.filter((each) => each.event === '${event}').at(-1)?.value`)

it('another page frames an update, steers it and follows it; comments are written in a window of their own', async () => {
  const page = await scene.pageOf(ben)
  await page.goto(wiki(`/embed/${id}?t=2`))
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await expect.poll(() => heard(page, 'ready')).toMatchObject({ src: `${scene.origin}/embed/${id}?t=2` })
  await expect(frame.getByRole('textbox').count()).resolves.toBe(0)

  await ask(page, 'getDuration')
  await expect.poll(() => heard(page, 'getDuration')).toBeCloseTo(12, 0)
  await ask(page, 'addEventListener', 'timeupdate')
  await ask(page, 'mute')
  await ask(page, 'play')
  await expect
    .poll(async () => ((await heard(page, 'timeupdate')) as { seconds: number } | undefined)?.seconds ?? 0)
    .toBeGreaterThan(2.2)
  await ask(page, 'pause')
  await ask(page, 'setCurrentTime', 8)
  await expect
    .poll(async () => {
      await ask(page, 'getCurrentTime')
      return heard(page, 'getCurrentTime')
    })
    .toBe(8)
  await ask(page, 'setCurrentTime', 'soon')
  await ask(page, 'constructor')
  await page.evaluate(`frames.update.postMessage('not one of its messages', '*')`)
  await ask(page, 'getPaused')
  await expect.poll(() => heard(page, 'getPaused')).toBe(true)

  const whole = page.context().waitForEvent('page')
  await frame
    .getByRole('button', { name: 'Pause', exact: true })
    .or(frame.getByRole('button', { name: 'Play', exact: true }))
    .focus()
  await page.keyboard.press('c')
  await expect.poll(async () => new URL((await whole).url()).pathname + new URL((await whole).url()).search).toBe(`/u/${id}?t=8`)
})

it('who is not signed in, and who asks for what is not there, is told so inside of the frame', async () => {
  const stranger = await scene.pageOf(null)
  await stranger.goto(wiki(`/embed/${id}`))
  await stranger.frameLocator('iframe').getByRole('link', { name: 'Sign in' }).waitFor()
  const page = await scene.pageOf(ben)
  await page.goto(wiki(`/embed/${crypto.randomUUID()}`))
  await page.frameLocator('iframe').getByText('There is nothing here that you can see.').waitFor()
})
