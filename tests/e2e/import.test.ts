import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { makeFile } from '../support/make-file.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = hasChromium ? await startScene() : null
const person = scene && (await scene.given.person('Ada'))

const picture = (seconds: number, size = '320x180') => ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=30:d=${seconds}`]
const tone = (seconds: number) => ['-f', 'lavfi', '-i', `sine=f=440:r=48000:d=${seconds}`]
const x264 = [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-pix_fmt',
  'yuv420p',
  '-g',
  '60',
  '-keyint_min',
  '60',
  '-sc_threshold',
  '0',
]

const mp4 = await makeFile('a.mp4', ...picture(12), ...tone(12), ...x264, '-c:a', 'aac', '-movflags', '+faststart')
const webm = await makeFile('a.webm', ...picture(4), ...tone(4), '-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus')
const flat = join(await mkdtemp(join(tmpdir(), 'meanwhile-import-')), 'flat.mp4')
await writeFile(flat, mp4)
afterAll(() => rm(dirname(flat), { recursive: true }))
/** ffmpeg turns what it copies, not what it encodes. */
const upright = await makeFile('a.mov', '-i', flat, '-t', '4', '-c', 'copy', '-metadata:s:v', 'rotate=90')
const opus = await makeFile('a.mkv', ...picture(4), ...tone(4), ...x264, '-c:a', 'libopus')
const m4a = await makeFile('a.m4a', ...tone(4), '-c:a', 'aac')
const mp3 = await makeFile('a.mp3', ...tone(4))
/** Three parts of 8 MiB. */
const large = await makeFile('a.mkv', ...picture(1.4, '1280x720'), '-vf', 'noise=alls=60:allf=t', '-c:v', 'mjpeg', '-q:v', '6')

const fileOf = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })
const panel = (page: Page) => page.getByRole('region', { name: 'Upload a file' })

async function recordPage() {
  const page = await scene!.pageOf(person)
  await page.goto('/record')
  await panel(page).waitFor()
  return page
}
const choose = (page: Page, ...files: ReturnType<typeof fileOf>[]) => page.locator('input[type=file]').setInputFiles(files)
const isComplete = (page: Page, count = 1) =>
  expect.poll(() => panel(page).getByText('It can be watched now.').count(), { timeout: 120_000 }).toBe(count)

let worker: Promise<void> | undefined
const withWorker = () => (worker ??= scene!.startWorker())

/** Paths of what is sent to the server from now on. */
function sentBy(page: Page) {
  const sent: string[] = []
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname
    if (request.method() === 'PUT') sent.push(path.replace(/.*\/(segments|parts)\//, '$1/'))
  })
  return sent
}

test.skipIf(!scene)('a video that is dropped on the page plays as soon as it has arrived, without any worker', async () => {
  const page = await recordPage()
  const dropped = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const data = new DataTransfer()
    data.items.add(new File([bytes], 'weekly_demo.mp4'))
    return data
  }, mp4.toString('base64'))
  await page.dispatchEvent('body', 'dragover', { dataTransfer: dropped })
  await panel(page).getByText('Let go to upload it.').waitFor()
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped })
  await isComplete(page)
  await panel(page).getByRole('link', { name: 'Watch' }).click()

  const player = playerOn(page)
  await player.isReady()
  await page.getByRole('heading', { name: 'weekly demo' }).waitFor()
  await player.play()
  await player.seek(10_000)
  await player.movesOn()
  const answer = await page.evaluate(async () => {
    const { videoId } = await (await fetch(`/api/updates/${location.pathname.split('/')[2]}`)).json()
    return (await fetch(`/api/videos/${videoId}`)).json()
  })
  expect(Math.abs(answer.recordedMs - 12_000)).toBeLessThan(100)
  expect(answer.stages.map(({ name }: { name: string }) => name)).not.toContain('import')
})

test.skipIf(!scene)('two files are uploaded one after the other', async () => {
  const page = await recordPage()
  await choose(page, fileOf('one.mp4', mp4), fileOf('two.mp4', Buffer.concat([mp4, Buffer.from('free')])))
  await isComplete(page, 2)
})

test.skipIf(!scene)('an upload in parts goes on after a reload when the same file is chosen again', async () => {
  const page = await recordPage()
  await page.route('**/file/parts/3', (route) => route.abort())
  await choose(page, fileOf('talk.mkv', large))
  await panel(page)
    .getByText(/It goes on by itself/)
    .waitFor({ timeout: 60_000 })
  await expect.poll(async () => (await scene!.sql`select 1 from file_parts`).length, { timeout: 60_000 }).toBe(2)
  await page.unroute('**/file/parts/3')
  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()

  const sent = sentBy(page)
  await panel(page).getByText('Choose “talk.mkv” again to go on.').waitFor()
  await choose(page, fileOf('talk.mkv', large))
  await panel(page)
    .getByText(/^Sent\. The server prepares it/)
    .waitFor({ timeout: 60_000 })
  expect(sent.filter((path) => path.startsWith('parts/'))).toEqual(['parts/3'])
  await panel(page).getByRole('button', { name: 'Cancel' }).click()
})

test.skipIf(!scene)('a file that is cut here goes on after a reload too, and sends little twice', async () => {
  const page = await recordPage()
  await page.route('**/segments/5', (route) => route.abort())
  await choose(page, fileOf('demo.mp4', mp4))
  await panel(page)
    .getByText(/It goes on by itself/)
    .waitFor({ timeout: 60_000 })
  const [update] = await scene!.sql<{ id: string }[]>`select id from updates order by created_at desc limit 1`
  const arrived = () =>
    scene!.sql`select 1 from segments join videos on videos.id = video_id where update_id = ${update!.id} and number < 5`
  await expect.poll(async () => (await arrived()).length, { timeout: 60_000 }).toBe(5)
  await page.unroute('**/segments/5')
  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()

  const sent = sentBy(page)
  await choose(page, fileOf('demo.mp4', mp4))
  await isComplete(page)
  expect(sent).toContain('segments/5')
  expect(sent).not.toContain('segments/2')
  await panel(page).getByRole('link', { name: 'Watch' }).click()
  await page.waitForURL(`**/u/${update!.id}`)
  await playerOn(page).isReady()
})

test.skipIf(!scene)('a file that cannot be cut here is sent as it is, prepared by the server, and plays', async () => {
  const page = await recordPage()
  await choose(page, fileOf('clip.webm', webm))
  await panel(page)
    .getByText(/^Sent\. The server prepares it/)
    .waitFor({ timeout: 60_000 })
  await withWorker()
  await isComplete(page)
  await panel(page).getByRole('link', { name: 'Watch' }).click()
  const player = playerOn(page)
  await player.isReady()
  await player.play()
})

test.skipIf(!scene)('sound alone, a phone that was held upright and sound in Opus become updates that play', async () => {
  const page = await recordPage()
  await withWorker()
  const files = [
    { name: 'voice.m4a', bytes: m4a, cutHere: true, facts: { hasPicture: false } },
    { name: 'talk.mp3', bytes: mp3, cutHere: false, facts: { hasPicture: false } },
    { name: 'phone.mov', bytes: upright, cutHere: false, facts: { hasPicture: true, width: 180, height: 320 } },
    { name: 'stream.mkv', bytes: opus, cutHere: true, facts: { hasPicture: true, width: 320, height: 180 } },
  ]
  await choose(page, ...files.map(({ name, bytes }) => fileOf(name, bytes)))
  await isComplete(page, files.length)
  const { read } = scene!.readAs(person!)
  const { items } = (await read('/api/updates')) as { items: { id: string; title: string; videoId: string }[] }
  for (const { name, cutHere, facts } of files) {
    const update = items.find(({ title }) => name.startsWith(`${title}.`))
    const video = await read(`/api/videos/${update?.videoId}`)
    expect(video, name).toMatchObject(facts)
    expect(Math.abs(video.recordedMs - 4000), name).toBeLessThan(150)
    expect(video.stages.some((stage: { name: string }) => stage.name === 'import')).toBe(!cutHere)
    const player = playerOn(page)
    await player.open(`/u/${update?.id}`)
    await player.play()
  }
})

test.skipIf(!scene)('what is no video is refused, with the reason', async () => {
  const page = await recordPage()
  await choose(
    page,
    fileOf('notes.mp4', Buffer.from('#EXTM3U\nhttp://127.0.0.1/secret.ts\n')),
    fileOf('empty.mp4', Buffer.alloc(0)),
  )
  await panel(page)
    .getByText(/This is a list of addresses of videos, not a video/)
    .waitFor({ timeout: 60_000 })
  await panel(page).getByText('This file is empty. Choose another one.').waitFor()
})
