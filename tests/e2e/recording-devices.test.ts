import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

// Allowed to use a camera and a microphone, on a machine that has neither.
const scene = await startScene({ without: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] })
const ada = await scene.given.person('Ada')

const it = test.skipIf(!hasChromium)

async function open(source: string) {
  const page = await scene.pageOf(ada)
  const recorder = recorderOn(page)
  await recorder.open(source)
  return { page, recorder, problem: (title: string) => page.getByRole('alert').filter({ hasText: title }).first() }
}

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
  await expect.poll(() => recorder.button('Start recording').isEnabled()).toBe(true)
})
