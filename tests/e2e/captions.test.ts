import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 4000, repeat: 5 })
const dir = await mkdtemp(join(tmpdir(), 'meanwhile-captions-'))
afterAll(() => rm(dir, { recursive: true }))

const it = test.skipIf(!hasChromium)
const vtt = [
  'WEBVTT',
  '00:02.000 --> 00:04.000\nGood morning',
  '00:06.000 --> 00:09.000\nThe <b>plan</b> is short',
  '00:12.000 --> 00:15.000\nThat is all',
].join('\n\n')
const srt = '1\r\n00:00:02,000 --> 00:00:04,000\r\nGuten Morgen\r\n'

async function watch(id: string, person = ben, query = '?t=0') {
  const page = await scene.pageOf(person)
  const player = playerOn(page)
  await player.open(`/u/${id}${query}`)
  return { page, player }
}
const transcriptOn = (page: Page) => page.getByRole('region', { name: 'Transcript' })
const shown = (page: Page) => page.locator('.layer .caption')
const put = (videoId: string, language: string, payload: string) =>
  as(ada).inject({
    method: 'PUT',
    url: `/api/videos/${videoId}/captions/${language}`,
    payload,
    headers: { 'content-type': 'text/vtt' },
  })

it('an author adds captions from files, corrects a line and deletes them; whoever watches meanwhile sees it', async () => {
  const { id } = await given.recording(ada, cut, 'To be captioned')
  const his = await watch(id)
  const { page } = await watch(id, ada)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Captions' }).click()
  const panel = page.getByRole('region', { name: 'Captions', exact: true })
  await writeFile(join(dir, 'talk.en.vtt'), vtt)
  await writeFile(join(dir, 'talk.de.srt'), srt)
  await writeFile(join(dir, 'bad.vtt'), 'WEBVTT\n\n00:05.000 --> nonsense\nHm\n')
  for (const [file, language, label] of [
    ['talk.en.vtt', 'en', 'English'],
    ['talk.de.srt', 'de', 'Deutsch'],
  ] as const) {
    await panel.getByLabel('File with captions').setInputFiles(join(dir, file))
    await expect.poll(() => panel.getByLabel('Language').inputValue()).toBe(language)
    await panel.getByRole('button', { name: 'Add captions' }).click()
    await panel.getByRole('listitem').filter({ hasText: label }).waitFor()
  }
  await panel.getByLabel('File with captions').setInputFiles(join(dir, 'bad.vtt'))
  await panel
    .getByRole('button', { name: /captions$/ })
    .last()
    .click()
  await panel.getByText(/Line 3/).waitFor()

  await transcriptOn(his.page).getByText('The plan is short').waitFor()
  await page.getByRole('button', { name: 'Correct the caption at 0:06' }).click()
  await page.getByRole('textbox', { name: 'Text of the caption' }).fill('The plan is long')
  await page.keyboard.press('Enter')
  await transcriptOn(his.page).getByText('The plan is long').waitFor()

  await panel.getByRole('button', { name: 'Delete the captions in English' }).click()
  await transcriptOn(his.page).getByText('Guten Morgen').waitFor()
  await panel.getByRole('button', { name: 'Delete the captions in Deutsch' }).click()
  await transcriptOn(his.page).waitFor({ state: 'detached' })
  expect(
    await transcriptOn(his.page)
      .getByRole('button', { name: /Correct/ })
      .count(),
  ).toBe(0)
})

it('captions are there when the sound is off, or when somebody wants them, in their language and as they like them', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'Captioned')
  await put(videoId, 'en', vtt)
  await put(videoId, 'de', srt)
  await given.edit(ada, videoId, { cuts: [[4000, 6000]] })
  const { page, player } = await watch(id)
  const button = page.getByRole('button', { name: 'Captions', exact: true })
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe('false')
  await player.seek(2500)
  await expect.poll(() => shown(page).count()).toBe(0)
  await page.getByRole('button', { name: 'Mute' }).click()
  await shown(page).getByText('Good morning').waitFor()
  await page.getByRole('button', { name: 'Unmute' }).click()
  await shown(page).waitFor({ state: 'detached' })

  await page.keyboard.press('s')
  await shown(page).getByText('Good morning').waitFor()
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true')
  await page.getByRole('button', { name: 'Quality and settings' }).click()
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
  await shown(page).getByText('Guten Morgen').waitFor()
  const sizeOf = () => shown(page).evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize))
  const before = await sizeOf()
  await page.getByRole('button', { name: 'Quality and settings' }).click()
  await page.getByRole('menuitem', { name: 'Caption style' }).click()
  const style = page.getByRole('dialog', { name: 'Caption style' })
  await style.getByRole('radio', { name: 'Large' }).check()
  await style.getByRole('radio', { name: 'None' }).check()
  expect(await sizeOf()).toBeGreaterThan(before * 1.2)
  await style.getByRole('button', { name: 'Done' }).click()

  // All of it is remembered.
  await player.open(`/u/${id}?t=3`)
  await shown(page).getByText('Guten Morgen').waitFor()
  expect(await sizeOf()).toBeGreaterThan(before * 1.2)
  expect(
    await shown(page)
      .locator('span')
      .first()
      .evaluate((node) => getComputedStyle(node).backgroundColor),
  ).toBe('rgba(0, 0, 0, 0)')
  await as(ben).inject({ method: 'PATCH', url: '/api/me/preferences', payload: { playback: { captions: null } } })
})

it("the browser's small window has them too, on the clock of what is played, and the page takes them back", async () => {
  const { id, videoId } = await given.recording(ada, cut, 'In a small window')
  await put(videoId, 'en', `${vtt}\n\n00:16.000 --> 00:18.000\n1 < 2 & 3 > 2\n`)
  await given.edit(ada, videoId, { cuts: [[5500, 9500]] })
  const { page, player } = await watch(id)
  // The key means captions once they are there.
  await page.getByRole('button', { name: 'Captions', exact: true }).waitFor()
  await page.keyboard.press('s')
  await player.seek(3000)
  await shown(page).getByText('Good morning').waitFor()
  const lent = () =>
    player.read(({ textTracks }) =>
      [...textTracks].map(({ mode, language, cues }) => ({
        mode,
        language,
        cues: [...(cues ?? [])].map((cue) => [cue.startTime, cue.endTime, (cue as VTTCue).getCueAsHTML().textContent]),
      })),
    )
  expect(await lent()).toEqual([{ mode: 'hidden', language: 'en', cues: [] }])
  await page.getByRole('button', { name: 'Picture in picture' }).click()
  await expect.poll(lent).toEqual([
    {
      mode: 'showing',
      language: 'en',
      cues: [
        [2, 4, 'Good morning'],
        [12, 15, 'That is all'],
        [16, 18, '1 < 2 & 3 > 2'],
      ],
    },
  ])
  await page.getByRole('button', { name: 'Picture in picture' }).click()
  await expect.poll(lent).toMatchObject([{ mode: 'hidden' }])

  // A player that has no room for the button has it in its menu.
  await page.setViewportSize({ width: 390, height: 780 })
  for (const mode of ['showing', 'hidden']) {
    await page.getByRole('button', { name: 'Quality and settings' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Picture in picture' }).click()
    await expect.poll(lent).toMatchObject([{ mode }])
  }
  await page.keyboard.press('s')
  await expect.poll(lent).toMatchObject([{ mode: 'disabled' }])
})

it('the transcript follows playback and leads to each moment; what is selected in it becomes a comment on that range', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'Written down')
  await put(videoId, 'en', vtt)
  const { page, player } = await watch(id)
  const transcript = transcriptOn(page)
  await transcript.getByRole('button', { name: 'Play from 0:12' }).click()
  await player.isAt(12_000)
  await transcript.getByText('The plan is short').click()
  await player.isAt(6000)
  await player.play()
  await expect.poll(() => transcript.locator('[aria-current=true]').textContent()).toContain('The plan is short')
  await player.pause()

  await transcript.getByText('The plan is short').evaluate((from) => {
    const last = [...from.closest('ol')!.querySelectorAll('li')].at(-1)!
    document.getSelection()!.setBaseAndExtent(from.firstChild!, 2, last.querySelector('.text')!.firstChild!, 4)
  })
  await transcript.getByRole('button', { name: 'Comment on 0:06–0:15' }).click()
  await page.keyboard.type('All of this')
  await page.keyboard.press('Enter')
  await page.getByRole('list', { name: 'Comments' }).getByText('All of this').waitFor()
  await expect
    .poll(async () => (await as(ben).inject({ url: `/api/updates/${id}/comments` })).json().items[0])
    .toMatchObject({ atMs: 6000, endMs: 15_000, text: 'All of this' })
})

it('the settings say whether speech is written down', async () => {
  const page = await scene.pageOf(ben)
  await page.goto('/settings')
  const section = page.getByRole('region', { name: 'Transcription' })
  await section.getByText(/^Off\. What is said in recordings is not written down/).waitFor()
})
