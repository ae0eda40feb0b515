import { s3Storage } from '@meanwhile/shared/platform/storage-s3'
import { expect, test } from 'vitest'
import { conformsToStorage } from '../storage.conformance.ts'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { startS3 } from '../support/s3.ts'

const { bucket } = await startS3()

conformsToStorage(async () => s3Storage(await bucket()))

test('a recording is kept in the bucket and played from it', async () => {
  const { app, as, given } = await startApp({ storage: async () => s3Storage(await bucket()) })
  const ada = await given.person('Ada')
  const cut = await cutRecording()
  const { videoId } = await given.recording(ada, cut)
  const { playback } = (await as(ada).inject({ url: `/api/videos/${videoId}` })).json()
  const answer = await app.inject({
    url: playback.hls.replace('master.m3u8', 'main/000001.m4s'),
    headers: { range: 'bytes=5-9' },
  })
  expect(answer.statusCode).toBe(206)
  expect(answer.rawPayload).toEqual((await cut.bytes(1)).subarray(5, 10))
})
