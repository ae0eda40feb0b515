import { schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as, db } = scene
const ada = await given.person('Ada Lovelace')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 4000, repeat: 5 })

const it = test.skipIf(!hasChromium)

async function watch(path: string, person = ben) {
  const page = await scene.pageOf(person)
  const player = playerOn(page)
  await player.open(path)
  return { page, player }
}

it('chapters are a list and ticks; a click or Enter goes there, their author renames and removes them', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'In chapters')
  const chapters = [
    { atMs: 0, title: 'Hello' },
    { atMs: 8000, title: 'Plan' },
    { atMs: 12_000, title: 'Money' },
  ]
  await given.edit(ada, videoId, { chapters, cuts: [[2000, 6000]] })
  const his = await watch(`/u/${id}?t=0`)
  const list = his.page.getByRole('region', { name: 'Chapters' })
  await list.getByRole('button', { name: '0:04 Plan' }).click()
  await his.player.isAt(8000)
  await list.getByRole('button', { name: '0:08 Money' }).focus()
  await his.page.keyboard.press('Enter')
  await his.player.isAt(12_000)
  await expect.poll(() => list.getByRole('button', { name: /Rename|Remove/ }).count()).toBe(0)
  const bar = (await his.page.getByRole('slider', { name: 'Seek' }).boundingBox())!
  await his.page.mouse.move(bar.x + bar.width * 0.3, bar.y + bar.height / 2)
  await his.page.locator('.bubble').getByText('Plan').waitFor()

  const hers = await watch(`/u/${id}?t=0`, ada)
  await hers.page.getByRole('button', { name: 'Rename chapter Plan' }).click()
  await hers.page.getByRole('textbox', { name: 'Name of the chapter' }).fill('The plan')
  await hers.page.keyboard.press('Enter')
  await list.getByRole('button', { name: '0:04 The plan' }).waitFor()
  await hers.page.getByRole('button', { name: 'Remove chapter Money' }).click()
  await expect.poll(() => list.getByRole('listitem').count()).toBe(2)
})

it('times in the description are chapters and lead there, its headings are headings; it is where such chapters are edited', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'Described')
  const body = '## 0:08 The plan\nMore at 0:12, see https://example.org.'
  await as(ada).inject({ method: 'PATCH', url: `/api/updates/${id}`, payload: { body } })
  await given.edit(ada, videoId, { cuts: [[2000, 6000]] })
  const { page, player } = await watch(`/u/${id}?t=0`, ada)
  await page.getByRole('heading', { name: '0:08 The plan', level: 2 }).getByRole('button', { name: '0:08' }).click()
  await player.isAt(8000)
  await page.getByRole('button', { name: '0:12', exact: true }).click()
  await player.isAt(12_000)
  await page.getByRole('link', { name: 'example.org' }).waitFor()
  const list = page.getByRole('region', { name: 'Chapters' })
  await list.getByRole('button', { name: '0:04 The plan' }).click()
  await player.isAt(8000)
  await list.getByText('These are the times in the description').waitFor()
  await expect.poll(() => list.getByRole('button', { name: /Rename|Remove/ }).count()).toBe(0)
  await page.getByRole('button', { name: 'Edit description' }).click()
  await page.getByRole('textbox', { name: 'Description' }).fill('## 0:09 Another')
  await page.keyboard.press('Control+Enter')
  await list.getByRole('button', { name: '0:05 Another' }).waitFor()
  await page.getByRole('heading', { name: '0:09 Another' }).waitFor()
})

it('the receipt says what was recorded, what arrived and what was checked, and whether that is everything', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'With a receipt')
  const { page } = await watch(`/u/${id}?t=0`, ada)
  const open = async () => {
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Receipt' }).click()
    return page.getByRole('dialog', { name: 'Receipt' })
  }
  const receipt = await open()
  await receipt.getByText('it is still being checked').waitFor()
  await receipt.getByRole('row', { name: 'Recording 10 10 0' }).waitFor()
  await receipt.getByRole('button', { name: 'Done' }).click()
  await receipt.waitFor({ state: 'detached' })

  await db
    .update(schema.videos)
    .set({ checked: { main: 10 }, clockMs: 20_000 })
    .where(eq(schema.videos.id, videoId))
  await open()
  await receipt.getByText('Everything that was recorded is here, and was checked.').waitFor()
  await receipt.getByText('0:20.0').first().waitFor()
})

it('a recording that was interrupted says so, and tells its author how much was saved', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'Interrupted')
  await db.update(schema.videos).set({ recoveredAt: new Date() }).where(eq(schema.videos.id, videoId))
  const hers = await watch(`/u/${id}?t=0`, ada)
  await hers.page.getByText('This recording was interrupted and recovered up to 0:20.').waitFor()
  const his = await watch(`/u/${id}?t=0`)
  await his.page.getByText('This recording was interrupted.').waitFor()
  await expect.poll(() => his.page.getByText('recovered up to').count()).toBe(0)

  const { segments } = schema
  await db.update(segments).set({ filled: true }).where(eq(segments.number, 3))
  await his.page.reload()
  await his.page.getByText(/seconds? of it never arrived/).waitFor()
})

it('an update of sound alone shows whose it is, and plays with every control', async () => {
  const sound = await cutRecording({ ms: 20_000, picture: false })
  const { id } = await given.recording(ada, sound, 'Only said')
  const { page, player } = await watch(`/u/${id}?t=0`)
  const stage = page.getByRole('region', { name: 'Player' })
  await stage.getByText('AL', { exact: true }).waitFor()
  await stage.getByText('Ada Lovelace · Audio').waitFor()
  await player.play()
  await page.keyboard.press('>')
  await expect.poll(player.rate).toBe(1.2)
  await player.pause()
  await page.keyboard.press('5')
  await player.isAt(10_000, 120)
  await page.keyboard.press('c')
  await page.keyboard.type('Heard')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Comment by Ben at 0:10' }).waitFor()
  await as(ben).inject({ method: 'PATCH', url: '/api/me', payload: { rate: 1 } })
})

it('a file that is being prepared is shown in place with its progress, and plays by itself when it is ready', async () => {
  const { id, videoId } = await given.update(ada, { title: 'From a file', video: { tracks: ['main'] } })
  const video = eq(schema.videos.id, `${videoId}`)
  await db
    .update(schema.videos)
    .set({ file: { parts: 1, sizeBytes: 1000, name: 'talk.mkv' } })
    .where(video)
  await db.insert(schema.stages).values({ videoId: `${videoId}`, name: 'import', state: 'running', progress: 0.4 })
  const page = await scene.pageOf(ada)
  await page.goto(`/u/${id}`)
  await page.getByRole('heading', { name: 'This file is being prepared' }).waitFor()
  await expect.poll(() => page.getByRole('progressbar', { name: 'Preparing' }).getAttribute('aria-valuenow')).toBe('40')

  // What the import does: the segments take the place of the file.
  await db.update(schema.videos).set({ file: null }).where(video)
  for (const number of cut.numbers) await scene.send(ada, `${videoId}`, 'main', number, cut)
  const finished = await scene.finish(ada, `${videoId}`, { main: { segments: cut.numbers.length - 1 } })
  expect(finished.statusCode, finished.body).toBe(200)
  await playerOn(page).isReady()

  const remark = 'Its sound ends 4 s before its picture.'
  await db
    .update(schema.stages)
    .set({ state: 'done', error: remark })
    .where(eq(schema.stages.videoId, `${videoId}`))
  await page.reload()
  await page.getByRole('note').getByText(remark).waitFor()
})
