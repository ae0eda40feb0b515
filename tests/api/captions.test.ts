import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { captions } from '@meanwhile/shared/db/schema/captions'
import { assets } from '@meanwhile/shared/db/schema/videos'
import { type Cue, writeCaptions } from '@meanwhile/shared/media/captions'
import { keys } from '@meanwhile/shared/platform/keys'
import { expect, test, vi } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'

const { app, as, given, storage, db } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')

const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.500\nGood <i>morning</i>\n\n00:03.000 --> 00:04.000\n<v Ada>Bye\n'
const cues = [
  { startMs: 1000, endMs: 2500, text: 'Good morning' },
  { startMs: 3000, endMs: 4000, text: 'Ada: Bye' },
]

const aVideo = async () => `${(await given.update(ada, { video: { tracks: ['main'] } })).videoId}`
const url = (videoId: string, language = '') => `/api/videos/${videoId}/captions${language && `/${language}`}`
const send = (videoId: string, language: string, payload: string | Buffer, type = 'text/vtt', person: Person = ada) =>
  as(person).inject({ method: 'PUT', url: url(videoId, language), payload, headers: { 'content-type': type } })
const correct = (videoId: string, language: string, payload: object) =>
  as(ada).inject({ method: 'PATCH', url: url(videoId, language), payload })
const read = async (videoId: string, language: string) => (await as(ada).inject({ url: url(videoId, language) })).json()
const tracks = async (videoId: string) => (await as(ada).inject({ url: `/api/videos/${videoId}` })).json().playback.captions

/** As the stage `transcript` leaves it. */
async function transcribed(videoId: string, language: string, made: Cue[]) {
  const key = keys.asset(videoId, randomUUID(), 'transcript.vtt')
  const file = join(storage.incomingDir, randomUUID())
  await writeFile(file, writeCaptions(made))
  await storage.putFile(key, file)
  await db.insert(assets).values({ videoId, name: 'transcript', stage: 'transcript', key, sizeBytes: 1 })
  await db.insert(captions).values({ videoId, language, source: 'transcript', label: 'English', cues: made, key })
}
const filesOf = async (videoId: string) => {
  const found: string[] = []
  for await (const key of storage.list(keys.video(videoId))) found.push(key)
  return found
}

test('captions are kept as plain text, and are played, listed and read', async () => {
  const videoId = await aVideo()
  const stored = await send(videoId, 'en', vtt)
  expect(stored.statusCode).toBe(201)
  expect(stored.json()).toMatchObject({ language: 'en', label: 'English', source: 'author', cues })
  const { url: media } = stored.json()
  expect(await tracks(videoId)).toEqual([{ language: 'en', label: 'English', source: 'author', url: media }])
  expect((await as(ada).inject({ url: url(videoId) })).json()).toMatchObject([{ language: 'en', version: stored.json().version }])
  expect(await read(videoId, 'EN')).toEqual(stored.json())

  const file = await app.inject({ url: media })
  expect(file.headers).toMatchObject({ 'content-type': 'text/vtt; charset=utf-8', 'x-content-type-options': 'nosniff' })
  expect(file.body).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nGood morning\n\n00:00:03.000 --> 00:00:04.000\nAda: Bye\n')
})

test('another file takes the place of the first, whose bytes are deleted', async () => {
  const videoId = await aVideo()
  await send(videoId, 'de', vtt)
  const srt = '1\r\n00:00:01,000 --> 00:00:02,000\r\nGrüße\r\n'
  const second = await send(videoId, 'de', srt, 'application/x-subrip')
  expect(second.statusCode).toBe(200)
  expect(second.json()).toMatchObject({ label: 'Deutsch', cues: [{ text: 'Grüße' }] })
  await vi.waitFor(async () => expect(await filesOf(videoId)).toHaveLength(1))
  expect((await app.inject({ url: second.json().url })).body).toContain('Grüße')
})

test('languages stand beside each other, each with its label', async () => {
  const videoId = await aVideo()
  await as(ada).inject({
    method: 'PUT',
    url: `${url(videoId, 'pt-br')}?label=${encodeURIComponent(' Português (do Brasil) ')}`,
    payload: vtt,
    headers: { 'content-type': 'text/plain' },
  })
  await send(videoId, 'en', vtt)
  expect(await tracks(videoId)).toMatchObject([{ language: 'en' }, { language: 'pt-BR', label: 'Português (do Brasil)' }])
})

test('the author corrects what was read, and not what somebody has changed since', async () => {
  const videoId = await aVideo()
  const { version } = (await send(videoId, 'en', vtt)).json()
  const changed = [{ ...cues[1], text: ' Good\r\n\r\nbye <3 ' }, cues[0], { startMs: 5, endMs: 6, text: ' ' }]
  const corrected = await correct(videoId, 'en', { version, cues: changed })
  expect(corrected.json()).toMatchObject({ source: 'author', cues: [cues[0], { ...cues[1], text: 'Good\nbye <3' }] })
  expect((await app.inject({ url: corrected.json().url })).body).toContain('bye &lt;3')

  const late = await correct(videoId, 'en', { version, cues: [] })
  expect(late.json()).toMatchObject({ type: '/problems/captions-conflict', status: 409 })
  const renamed = await correct(videoId, 'en', { version: corrected.json().version, label: 'Spoken' })
  expect(renamed.json()).toMatchObject({ label: 'Spoken', cues: corrected.json().cues })
})

test('of two corrections at once one is refused', async () => {
  const videoId = await aVideo()
  const { version } = (await send(videoId, 'en', vtt)).json()
  const answers = await Promise.all(
    ['One', 'Two', 'Three'].map((text) => correct(videoId, 'en', { version, cues: [{ ...cues[0], text }] })),
  )
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409])
  await vi.waitFor(async () => expect(await filesOf(videoId)).toHaveLength(1))
})

test('captions of the author come before a transcript, and a transcript that is corrected is the author’s', async () => {
  const videoId = await aVideo()
  await transcribed(videoId, 'en', [{ startMs: 0, endMs: 900, text: 'Good mourning' }])
  const shown = await read(videoId, 'en')
  expect(shown).toMatchObject({ source: 'transcript', cues: [{ text: 'Good mourning' }] })
  const corrected = await correct(videoId, 'en', {
    version: shown.version,
    cues: [{ startMs: 0, endMs: 900, text: 'Good morning' }],
  })
  expect(corrected.json()).toMatchObject({ source: 'author' })
  expect(await tracks(videoId)).toMatchObject([{ language: 'en', source: 'author' }])
  expect((await correct(videoId, 'en', { version: shown.version, cues: [] })).statusCode).toBe(409)

  const remove = () => as(ada).inject({ method: 'DELETE', url: url(videoId, 'en') })
  expect((await remove()).statusCode).toBe(204)
  expect(await read(videoId, 'en')).toMatchObject({ source: 'transcript' })
  expect((await remove()).statusCode).toBe(204)
  expect((await remove()).statusCode).toBe(404)
  expect(await tracks(videoId)).toEqual([])
  await vi.waitFor(async () => expect(await filesOf(videoId)).toEqual([]))
})

test.each([
  ['another encoding', Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nGrüße', 'latin1'), 4],
  ['times that run backwards', 'WEBVTT\r\n\r\n00:02.000 --> 00:01.000\r\nA', 3],
  ['a page', '<!doctype html><script>alert(1)</script>', 1],
  ['nothing', '', 1],
])('%s is refused with its line', async (_what, payload, line) => {
  const videoId = await aVideo()
  const refused = await send(videoId, 'en', payload)
  expect(refused.json()).toMatchObject({
    type: '/problems/captions-unreadable',
    status: 422,
    line,
    detail: expect.stringMatching(`^Line ${line}: `),
  })
  expect(await tracks(videoId)).toEqual([])
})

test('a script stays text, wherever it stands', async () => {
  const videoId = await aVideo()
  const file =
    'WEBVTT\n\nSTYLE\n</style><script>1</script>\n\nNOTE <script>2</script>\n\n<script>\n00:01.000 --> 00:02.000 <script>\n&lt;script&gt;3<script>4</script>\n'
  const { url: media, cues: kept } = (await send(videoId, 'en', file)).json()
  expect(kept).toEqual([{ startMs: 1000, endMs: 2000, text: '<script>34' }])
  expect((await app.inject({ url: media })).body).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n&lt;script&gt;34\n')
})

test('ten megabytes are the most', async () => {
  const videoId = await aVideo()
  const most = Buffer.concat([Buffer.from(`${vtt}\n\nNOTE `), Buffer.alloc(10 * 1024 ** 2 - vtt.length - 7, 'x')])
  expect((await send(videoId, 'en', most)).json()).toMatchObject({ cues })
  const more = await send(videoId, 'en', Buffer.concat([most, Buffer.from('x')]))
  expect(more.json()).toMatchObject({ type: '/problems/request-too-large', status: 413 })
})

test('a language is named by its tag', async () => {
  const videoId = await aVideo()
  for (const language of ['english', 'e', '-', 'en%2Fus', '%00'])
    expect((await send(videoId, language, vtt)).json()).toMatchObject({ status: 400, errors: [{ field: 'language' }] })
  expect((await as(ada).inject({ url: url(videoId, 'fr') })).statusCode).toBe(404)
})

test('what is no file of captions is not taken', async () => {
  const videoId = await aVideo()
  expect((await send(videoId, 'en', '{}', 'application/json')).statusCode).toBe(415)
  expect((await send(videoId, 'en', vtt, 'text/html')).statusCode).toBe(415)
  const { version } = (await send(videoId, 'en', vtt)).json()
  for (const wrong of [
    { startMs: 5, endMs: 5, text: 'A' },
    { startMs: -1, endMs: 5, text: 'A' },
    { startMs: 0, endMs: 5, text: 'x'.repeat(2001) },
  ])
    expect((await correct(videoId, 'en', { version, cues: [wrong] })).json()).toMatchObject({ status: 400 })
})

test('the body of somebody who may not send it is not read', async () => {
  const { videoId } = await given.update(ada, { video: { tracks: ['main'] } })
  expect((await send(`${videoId}`, 'en', vtt, 'text/vtt', ben)).statusCode).toBe(404)
  expect((await send('none', 'en', vtt)).statusCode).toBe(404)
})
