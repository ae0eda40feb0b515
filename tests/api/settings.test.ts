import { stages } from '@meanwhile/shared/db/schema/videos'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const TRANSCRIPTION_KEY = 'not-to-be-seen'
const off = await startApp()
const on = await startApp({
  env: { TRANSCRIPTION_URL: 'https://speech.example.org/v1', TRANSCRIPTION_MODEL: 'whisper-1', TRANSCRIPTION_KEY },
})
const cut = await cutRecording()
const retry = '/stages/transcript/retry'

test('people see whether speech is written down, and where it is sent', async () => {
  const ada = await off.given.person('Ada')
  expect((await off.as(ada).inject({ url: '/api/settings' })).json()).toEqual({ transcription: null })
  const ben = await on.given.person('Ben')
  const settings = await on.as(ben).inject({ url: '/api/settings' })
  expect(settings.json()).toEqual({ transcription: { provider: 'openai', host: 'speech.example.org', model: 'whisper-1' } })
  expect(settings.body).not.toContain(TRANSCRIPTION_KEY)
})

test('a recording without a transcript gets one when its author asks for it, where there is a provider', async () => {
  const ada = await off.given.person('Ada')
  const without = await off.given.recording(ada, cut)
  const refused = await off.as(ada).inject({ method: 'POST', url: `/api/videos/${without.videoId}${retry}` })
  expect(refused.json()).toMatchObject({ type: '/problems/stage-not-failed' })

  const ben = await on.given.person('Ben')
  const { videoId } = await on.given.recording(ben, cut)
  const url = `/api/videos/${videoId}${retry}`
  const asked = await on.as(ben).inject({ method: 'POST', url })
  expect(asked.json().stages.at(-1)).toMatchObject({ name: 'transcript', state: 'waiting' })
  expect((await on.as(ben).inject({ method: 'POST', url })).statusCode).toBe(409)
})

test('a transcript that failed leaves the video ready', async () => {
  const ben = await on.given.person('Ben')
  const { id, videoId } = await on.given.recording(ben, cut)
  await on.db.update(stages).set({ state: 'done', progress: 1 }).where(eq(stages.videoId, videoId))
  await on.db.insert(stages).values({ videoId, name: 'transcript', state: 'failed', error: 'The service is away.' })
  const video = (await on.as(ben).inject({ url: `/api/videos/${videoId}` })).json()
  expect(video).toMatchObject({
    state: 'ready',
    stages: expect.arrayContaining([expect.objectContaining({ error: 'The service is away.' })]),
  })
  expect((await on.as(ben).inject({ url: `/api/updates/${id}` })).json().video).toMatchObject({ state: 'ready', progress: 1 })
})
