import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { interviewsOn } from '../support/interview.ts'
import { agree, handIn, record } from './candidate-steps.ts'
import { isFine } from './is-fine.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as, send, finish } = scene
const { done, position, invited, candidate } = interviewsOn(scene.app)
const ada = await given.person('Ada')
const cut = await cutRecording({ ms: 3000 })

const it = test.skipIf(!hasChromium)
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 30_000 })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first()

/** A video that asks, or greets, with what it says in two languages. */
async function asking(positionId: string, words: { en: string; de: string }): Promise<string> {
  const { id, videoId } = await done(ada, 'POST', '/api/updates', { positionId, video: { tracks: ['main'] } })
  for (const number of cut.numbers) await send(ada, videoId, 'main', number, cut)
  await finish(ada, videoId, { main: { segments: cut.numbers.length - 1 } })
  for (const [language, text] of Object.entries(words)) {
    const payload = `WEBVTT\n\n00:00.000 --> 00:03.000\n${text}`
    const headers = { 'content-type': 'text/vtt' }
    await as(ada).inject({ method: 'PUT', url: `/api/videos/${videoId}/captions/${language}`, payload, headers })
  }
  return id
}

/** What is written in the picture of the first video. */
const caption = (page: Page) =>
  page
    .locator('video')
    .first()
    .evaluate((video) => {
      const shown = [...(video as HTMLVideoElement).textTracks].find(({ mode }) => mode === 'showing')
      return (shown?.activeCues?.[0] as VTTCue | undefined)?.text ?? ''
    })

async function plays(page: Page, name: string | RegExp) {
  const video = page.locator('video').and(page.getByLabel(name))
  await video.evaluate((element) => Object.assign(element, { muted: true, loop: true }))
  await video.evaluate((element) => (element as HTMLVideoElement).play())
}

it('a question, a welcome and last words may be videos, with captions in the language of the page; a screen may answer', async () => {
  const positionId = await position(ada, { questions: [{ id: 'none', text: 'Not asked', ways: ['text'] }] })
  const [greeting, question, thanks] = [
    await asking(positionId, { en: 'Welcome to us', de: 'Willkommen bei uns' }),
    await asking(positionId, { en: 'What would you show us?', de: 'Was würden Sie uns zeigen?' }),
    await asking(positionId, { en: 'We write soon', de: 'Wir schreiben bald' }),
  ]
  const content = {
    intro: { videoUpdateId: greeting },
    questions: [{ id: 'show', text: '', videoUpdateId: question, ways: ['screen', 'video'] }],
    outro: { videoUpdateId: thanks },
  }
  const { revision } = await done(ada, 'GET', `/api/positions/${positionId}/interview`)
  await done(ada, 'PUT', `/api/positions/${positionId}/interview`, { revision, content })
  const [invitation] = await invited(ada, positionId, { name: 'Ana Ruiz' })

  const page = await scene.pageOf(null, { locale: 'en-GB' })
  await agree(page, `${invitation?.url}`)
  await plays(page, /^From /)
  await expect.poll(() => caption(page)).toBe('Welcome to us')
  await isFine(page)
  await link(page, /The question as a video/).click()
  await page.waitForURL(/\/q\/show$/)
  await plays(page, 'The question as a video')
  await expect.poll(() => caption(page)).toBe('What would you show us?')
  await isFine(page)
  await link(page, 'Answer with your screen').click()
  await button(page, 'Start recording').waitFor()
  await isFine(page)
  await record(page)
  await says(page, 'This one is handed in.')
  await says(page, /^With the screen/)
  await link(page, 'All questions').click()
  await handIn(page, 'Ana Ruiz')
  await plays(page, /^From /)
  await expect.poll(() => caption(page)).toBe('We write soon')

  const inGerman = await scene.pageOf(null, { locale: 'de-DE' })
  const [another] = await invited(ada, positionId, { name: 'Jo' })
  await candidate(another!).consent()
  await inGerman.goto(`${another?.url}`)
  await plays(inGerman, /^Von /)
  await expect.poll(() => caption(inGerman)).toBe('Willkommen bei uns')
})
