import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deferred } from '../channel.ts'
import type { Segment } from '../segment.ts'
import { encodeAsFile } from './file-encoder.ts'

/** The browser's own recorder, which writes when a test says so. */
class Recorder extends EventTarget {
  static made: Recorder
  static isTypeSupported = (type: string) => type.startsWith('video/webm')
  state: RecordingState = 'inactive'
  asked = 0
  readonly mimeType: string
  constructor(_: MediaStream, { mimeType = '' }: MediaRecorderOptions = {}) {
    super()
    this.mimeType = mimeType
    Recorder.made = this
  }
  start() {
    this.state = 'recording'
    this.dispatchEvent(new Event('start'))
  }
  pause() {
    this.state = 'paused'
  }
  resume() {
    this.state = 'recording'
  }
  requestData() {
    this.asked++
  }
  write(text = 'bytes') {
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob([text], { type: this.mimeType }) }))
  }
  stop() {
    this.state = 'inactive'
    this.write('')
    this.dispatchEvent(new Event('stop'))
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaRecorder', Recorder)
  vi.stubGlobal('MediaStream', class {})
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function every(ms: number, tick: () => void) {
  const timer = setInterval(tick, ms)
  return () => clearInterval(timer)
}

async function recording() {
  const stalls: boolean[] = []
  const picture = { getSettings: () => ({ width: 1280, height: 720 }) } as MediaStreamTrack
  const options = {
    quality: '1080p',
    content: 'detail',
    onTrouble() {},
    onStalled: (on: boolean) => void stalls.push(on),
  } as const
  const encoding = encodeAsFile({ picture, camera: null, sound: null }, options, every)
  const parts: Segment[] = []
  const read = deferred()
  void (async () => {
    for await (const part of encoding.segments) parts.push(part)
    read.resolve()
  })()
  await encoding.start()
  return { encoding, recorder: Recorder.made, parts, read: read.promise, stalls }
}

test('each part is as long as what was recorded since the one before, pauses and empty parts left out, and says what it is', async () => {
  const { encoding, recorder, parts, read } = await recording()
  await vi.advanceTimersByTimeAsync(2000)
  recorder.write()
  await vi.advanceTimersByTimeAsync(1500)
  encoding.pause()
  await vi.advanceTimersByTimeAsync(60_000)
  encoding.resume()
  await vi.advanceTimersByTimeAsync(200)
  recorder.write('')
  await vi.advanceTimersByTimeAsync(300)
  recorder.write()
  await encoding.stop()
  await read
  expect(parts.map(({ number, durationMs }) => [number, durationMs])).toEqual([
    [1, 2000],
    [2, 2000],
  ])
  expect(parts[0]).toMatchObject({ track: 'file', type: 'video/webm;codecs=vp9,opus' })
})

test('when nothing comes it is asked for, and said after a while; in a pause nothing has to come', async () => {
  const { encoding, recorder, stalls } = await recording()
  recorder.write()
  await vi.advanceTimersByTimeAsync(6000)
  expect([recorder.asked, stalls]).toEqual([1, []])
  await vi.advanceTimersByTimeAsync(8000)
  expect([recorder.asked, stalls]).toEqual([1, [true]])
  recorder.write()
  await vi.advanceTimersByTimeAsync(2000)
  expect(stalls).toEqual([true, false])
  encoding.pause()
  await vi.advanceTimersByTimeAsync(60_000)
  encoding.resume()
  await vi.advanceTimersByTimeAsync(2000)
  expect(stalls).toEqual([true, false])
  await encoding.stop()
})
