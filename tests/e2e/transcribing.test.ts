import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { answer, startSpeechService } from '../worker/speech-service.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const service = await startSpeechService()
const scene = await startScene({ variables: { TRANSCRIPTION_URL: service.url, TRANSCRIPTION_MODEL: 'whisper-1' } })
const { given } = scene
const ada = await given.person('Ada')
const cut = await cutRecording({ ms: 4000 })
const it = test.skipIf(!hasChromium)

it('who recorded before there was a provider asks for a transcript, and reads it where it is watched', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'From before')
  await scene.startWorker(null)
  const { read } = scene.readAs(ada)
  const stages = async () => (await read(`/api/videos/${videoId}`)).stages.map(({ state }: { state: string }) => state)
  await expect.poll(async () => new Set(await stages()), { timeout: 60_000 }).toEqual(new Set(['done']))

  const page = await scene.pageOf(ada)
  await playerOn(page).open(`/u/${id}`)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Captions' }).click()
  service.reply = answer(200, { language: 'english', segments: [{ start: 0.5, end: 2, text: ' Good morning everybody' }] })
  await scene.startWorker()
  await page.getByRole('button', { name: 'Make a transcript' }).click()
  await page.getByRole('region', { name: 'Transcript' }).getByText('Good morning everybody').waitFor()
  await page.getByRole('region', { name: 'Captions', exact: true }).getByText('made from the sound').waitFor()
  expect(service.asked).toHaveLength(1)
  await expect.poll(() => page.getByRole('button', { name: 'Make a transcript' }).count()).toBe(0)
})
