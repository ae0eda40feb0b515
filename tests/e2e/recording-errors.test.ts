import type { BrowserContext, BrowserContextOptions } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const elsewhere = 'meanwhile.test'
const scene = await startScene({
  with: ['--deny-permission-prompts', `--host-resolver-rules=MAP ${elsewhere} 127.0.0.1`],
  without: ['--use-fake-ui-for-media-stream'],
})
const ada = await scene.given.person('Ada')

const it = test.skipIf(!hasChromium)

/** What is not listed is refused without a question. */
const nothingAllowed = { permissions: ['clipboard-read'] }

type Prepare = (context: BrowserContext) => Promise<unknown>
async function open(source: string, prepare: Prepare = async () => {}, options: BrowserContextOptions = {}) {
  const context = await scene.browserOf(ada, options)
  await prepare(context)
  const page = await context.newPage()
  const recorder = recorderOn(page)
  await recorder.open(source)
  return { page, recorder, problem: (title: string) => page.getByRole('alert').filter({ hasText: title }).first() }
}
const updateCount = async () => (await scene.as(ada).inject({ url: '/api/updates' })).json().items.length

const refusing = (name: string, message: string) => (context: BrowserContext) =>
  context.addInitScript(
    ([kind, text]) => {
      if (!navigator.mediaDevices) return
      navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException(text, kind))
    },
    [name, message],
  )

it('without permission for the camera it says so, and where to allow it', async () => {
  const { recorder, problem } = await open('Camera', undefined, nothingAllowed)
  await recorder.button('Start recording').click()
  await problem('The camera is blocked').getByText('Allow the camera for this site beside the address bar').waitFor()
  await expect.poll(() => recorder.button('Start recording').isEnabled()).toBe(true)
})

it('without permission for the microphone its check says so', async () => {
  const { recorder, problem } = await open('Screen', undefined, nothingAllowed)
  await recorder.button('Test microphone').click()
  await problem('The microphone is blocked').getByText('Allow the microphone for this site beside the address bar.').waitFor()
})

it('who closes the browser’s picker is back where they were: no error, nothing created', async () => {
  const { page, recorder } = await open('Screen', refusing('NotAllowedError', 'Permission denied by user'))
  await recorder.button('Start recording').click()
  await expect.poll(() => recorder.button('Start recording').getAttribute('aria-disabled')).toBeNull()
  await expect.poll(() => page.getByRole('alert').count()).toBe(0)
  expect(await updateCount()).toBe(0)
})

it.each([
  ['NotAllowedError', 'Permission denied by system', 'Your system does not let the browser record the screen'],
  ['NotReadableError', 'Could not start video source', 'The screen could not be captured'],
])('a screen that the browser cannot have (%s: %s) is said, with the next step', async (name, message, title) => {
  const { recorder, problem } = await open('Screen', refusing(name, message))
  await recorder.button('Start recording').click()
  await problem(title)
    .getByText(/try again\.$/)
    .waitFor()
})

it('an address that is neither https nor localhost says that one of them is needed', async () => {
  const origin = scene.origin.replace('localhost', elsewhere)
  const context = await scene.browserOf(ada, { baseURL: origin, ...nothingAllowed })
  await context.addCookies((await context.cookies()).map(({ name, value }) => ({ name, value, url: origin })))
  const page = await context.newPage()
  const recorder = recorderOn(page)
  await recorder.open()
  const problem = page.getByRole('alert').filter({ hasText: 'Recording needs https or localhost' })
  await problem.getByText('Open this site at its https address, or at localhost on this computer.').waitFor()
  await expect.poll(() => recorder.button('Start recording').isDisabled()).toBe(true)
  await expect.poll(() => page.getByRole('alert').count()).toBe(1)
})

it('a browser that cannot encode says so, and which ones can', async () => {
  const { recorder, problem } = await open('Screen', (context) =>
    context.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'VideoEncoder')
      Reflect.deleteProperty(globalThis, 'MediaRecorder')
    }),
  )
  await problem('This browser cannot record').getByText('Open this page in a current Chrome, Edge, Firefox or Safari.').waitFor()
  await expect.poll(() => recorder.button('Start recording').isDisabled()).toBe(true)
})

it('a browser that cannot share a screen says so and offers what it can record', async () => {
  const { page, recorder } = await open('Camera', (context) =>
    context.addInitScript(() => {
      const { mediaDevices } = navigator
      if (mediaDevices) Reflect.deleteProperty(Object.getPrototypeOf(mediaDevices), 'getDisplayMedia')
    }),
  )
  await page.getByText('A screen cannot be shared from this browser.').waitFor()
  await expect.poll(() => page.getByRole('radio', { name: 'Screen' }).count()).toBe(0)
  await expect.poll(() => recorder.button('Start recording').isEnabled()).toBe(true)
})
