import type { BrowserContext, BrowserContextOptions } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const elsewhere = 'meanwhile.test'
const bare = await startScene({
  with: [`--host-resolver-rules=MAP ${elsewhere} 127.0.0.1`],
  without: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
})
const ada = await bare.given.person('Ada')

const it = test.skipIf(!hasChromium)

type Prepare = (context: BrowserContext) => Promise<unknown>
async function open(source: string, prepare: Prepare = async () => {}, options: BrowserContextOptions = {}) {
  const context = await bare.browserOf(ada, options)
  await prepare(context)
  const page = await context.newPage()
  const recorder = recorderOn(page)
  await recorder.open(source)
  return { page, recorder, problem: (title: string) => page.getByRole('alert').filter({ hasText: title }).first() }
}
const updateCount = async () => (await bare.as(ada).inject({ url: '/api/updates' })).json().items.length

const refusing = (name: string, message: string) => (context: BrowserContext) =>
  context.addInitScript(
    ([kind, text]) => {
      MediaDevices.prototype.getDisplayMedia = () => Promise.reject(new DOMException(text, kind))
    },
    [name, message],
  )

it('without permission for the camera it says so, and where to allow it', async () => {
  const { recorder, problem } = await open('Camera', undefined, { permissions: [] })
  await recorder.button('Start recording').click()
  await problem('The camera is blocked').getByText('Allow the camera for this site beside the address bar').waitFor()
  expect(await recorder.button('Start recording').isEnabled()).toBe(true)
})

it('without permission for the microphone its check says so', async () => {
  const { recorder, problem } = await open('Screen', undefined, { permissions: [] })
  await recorder.button('Test microphone').click()
  await problem('The microphone is blocked').getByText('Allow the microphone for this site beside the address bar.').waitFor()
})

it('without a camera it says that none was found, and what else can be recorded', async () => {
  const { recorder, problem } = await open('Camera')
  await recorder.button('Start recording').click()
  await problem('No camera was found').getByText('Connect a camera, or choose a screen, window or tab.').waitFor()
})

it('without a microphone it says so, and goes on when none is chosen', async () => {
  const { page, recorder, problem } = await open('Screen')
  await problem('No microphone was found').getByText('Connect a microphone, or go on without one.').waitFor()
  await page.getByLabel('Microphone', { exact: true }).selectOption('No microphone')
  await problem('No microphone was found').waitFor({ state: 'detached' })
  expect(await recorder.button('Start recording').isEnabled()).toBe(true)
})

it('who closes the browser’s picker is back where they were: no error, nothing created', async () => {
  const { page, recorder } = await open('Screen', refusing('NotAllowedError', 'Permission denied by user'))
  await page.getByLabel('Microphone', { exact: true }).selectOption('No microphone')
  await recorder.button('Start recording').click()
  await expect.poll(() => recorder.button('Start recording').getAttribute('aria-disabled')).toBeNull()
  expect(await page.getByRole('alert').count()).toBe(0)
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
  const origin = bare.origin.replace('localhost', elsewhere)
  const context = await bare.browserOf(ada, { baseURL: origin, permissions: [] })
  await context.addCookies((await context.cookies()).map(({ name, value }) => ({ name, value, url: origin })))
  const page = await context.newPage()
  const recorder = recorderOn(page)
  await recorder.open()
  const problem = page.getByRole('alert').filter({ hasText: 'Recording needs https or localhost' })
  await problem.getByText('Open this site at its https address, or at localhost on this computer.').waitFor()
  expect(await recorder.button('Start recording').isDisabled()).toBe(true)
  expect(await page.getByRole('alert').count()).toBe(1)
})

it('a browser that cannot encode says so, and which ones can', async () => {
  const { recorder, problem } = await open('Screen', (context) =>
    context.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'VideoEncoder')
    }),
  )
  await problem('This browser cannot record').getByText('Open this page in a current Chrome, Edge, Firefox or Safari.').waitFor()
  expect(await recorder.button('Start recording').isDisabled()).toBe(true)
})

it('a phone that cannot share its screen offers its camera', async () => {
  const { page, recorder, problem } = await open('Screen', (context) =>
    context.addInitScript(() => {
      Reflect.deleteProperty(MediaDevices.prototype, 'getDisplayMedia')
    }),
  )
  await problem('This browser cannot share a screen').waitFor()
  expect(await recorder.button('Start recording').isDisabled()).toBe(true)
  await page.getByRole('radio', { name: 'Camera' }).check({ force: true })
  await problem('This browser cannot share a screen').waitFor({ state: 'detached' })
  expect(await recorder.button('Start recording').isEnabled()).toBe(true)
})
