import { expect, test } from 'vitest'
import { readReport } from './probe.ts'

const video = {
  codec_type: 'video',
  codec_name: 'h264',
  width: 1280,
  height: 720,
  avg_frame_rate: '30/1',
  start_time: '0.021000',
  duration: '7.000000',
}
const audio = { codec_type: 'audio', codec_name: 'aac', start_time: '0.000000', duration: '7.040000' }
const report = (...streams: object[]) => readReport(JSON.stringify({ programs: [], streams, format: { duration: '7.040000' } }))

test('a report becomes milliseconds on the file’s clock', () => {
  const facts = report(video, audio)
  expect(facts.durationMs).toBeCloseTo(7_040)
  expect(facts.video).toMatchObject({ codec: 'h264', width: 1280, height: 720, startMs: 21, endMs: 7_021 })
  expect(facts.video?.frameMs).toBeCloseTo(33.33, 1)
  expect(facts.audio).toMatchObject({ codec: 'aac', startMs: 0, endMs: 7_040 })
})

test.each([
  { how: 'side data', change: { side_data_list: [{}, { rotation: -90 }] } },
  { how: 'a tag of old builds', change: { tags: { rotate: '270' } } },
])('a picture that lies on its side, by $how, has the size that is seen', ({ change }) => {
  expect(report({ ...video, ...change }).video).toMatchObject({ width: 720, height: 1280 })
})

test('what is not known is zero, and what is not there is null', () => {
  const { codec_type, codec_name } = video
  expect(report({ codec_type, codec_name, start_time: 'N/A' })).toMatchObject({
    video: { width: 0, startMs: 0, endMs: 0 },
    audio: null,
  })
  expect(readReport('{}')).toEqual({ durationMs: 0, video: null, audio: null })
})
