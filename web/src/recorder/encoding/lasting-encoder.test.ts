import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openLastingEncoder } from './lasting-encoder.ts'
import type { CodedPicture } from './video-encoder.ts'

type Init = ConstructorParameters<typeof VideoEncoder>[0]
type Behaviour = 'works' | 'throws' | 'reports' | 'hangs'

class Chunk {
  byteLength = 1
  type: string
  timestamp: number
  duration: number | null
  constructor(type: string, timestamp: number, duration: number | null) {
    this.type = type
    this.timestamp = timestamp
    this.duration = duration
  }
  copyTo() {}
}

/** The browser's encoder, which does as it is told from one picture to the next. */
let behaviour: Behaviour
let made: { state: string }[]
class Encoder {
  static isConfigSupported = async (config: VideoEncoderConfig) => ({ supported: true, config })
  state = 'unconfigured'
  encodeQueueSize = 0
  #init: Init
  #first = true
  constructor(init: Init) {
    this.#init = init
    made.push(this)
  }
  configure() {
    this.state = 'configured'
  }
  encode(frame: VideoFrame, { keyFrame }: { keyFrame: boolean }) {
    if (behaviour === 'throws') throw new DOMException('gone', 'InvalidStateError')
    if (behaviour === 'reports') return this.#init.error(new DOMException('gone', 'EncodingError'))
    if (behaviour === 'hangs') return
    const chunk = new Chunk(keyFrame ? 'key' : 'delta', frame.timestamp, frame.duration)
    const meta = this.#first ? { decoderConfig: { codec: 'avc1.640028' } } : {}
    this.#first = false
    this.#init.output(chunk as unknown as EncodedVideoChunk, meta)
  }
  flush = () => (behaviour === 'hangs' ? new Promise<void>(() => {}) : Promise.resolve())
  close() {
    this.state = 'closed'
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  behaviour = 'works'
  made = []
  vi.stubGlobal('VideoEncoder', Encoder)
  vi.stubGlobal('EncodedVideoChunk', Chunk)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function opened() {
  const out: CodedPicture[] = []
  const redone: number[] = []
  const givenUp = vi.fn()
  const encoder = await openLastingEncoder({
    width: 1920,
    height: 1080,
    bitrate: 2_800_000,
    content: 'detail',
    onPicture: (coded) => out.push(coded),
    redo: (fromMs) => redone.push(fromMs),
    onGivenUp: givenUp,
  })
  let frames = 0
  const show = () => {
    const timestamp = frames++ * 100_000
    encoder.encode({ timestamp, duration: 100_000, close: () => {} } as unknown as VideoFrame, false)
  }
  return { encoder, show, out, redone, givenUp }
}
const settle = (ms = 1000) => vi.advanceTimersByTimeAsync(ms)

test.each(['throws', 'reports'] as const)(
  'one that %s an error is replaced: the next goes on where pictures ceased, with a key frame',
  async (how) => {
    const { encoder, show, out, redone, givenUp } = await opened()
    show()
    show()
    behaviour = how
    show()
    expect(encoder.isBusy()).toBe(true)
    behaviour = 'works'
    await settle()
    expect(redone).toEqual([200])
    show()
    expect(out.map(({ packet }) => packet.type)).toEqual(['key', 'delta', 'key'])
    expect(out[2]?.config).not.toBe(out[1]?.config)
    expect(made.map(({ state }) => state)).toEqual(['closed', 'configured'])
    expect(givenUp).not.toHaveBeenCalled()
  },
)

test('in another size it goes on where pictures ceased, with a key frame', async () => {
  const { encoder, show, out, redone, givenUp } = await opened()
  const configure = vi.spyOn(Encoder.prototype, 'configure')
  show()
  encoder.resize({ width: 3840, height: 2160, bitrate: 8_000_000 })
  show()
  await settle()
  expect(configure).toHaveBeenLastCalledWith(expect.objectContaining({ width: 3840, height: 2160, bitrate: 8_000_000 }))
  expect(redone).toEqual([100])
  show()
  expect(out.map(({ packet }) => packet.type)).toEqual(['key', 'key'])
  expect(made.map(({ state }) => state)).toEqual(['closed', 'configured'])
  expect(givenUp).not.toHaveBeenCalled()
})

test('when it fails and is resized at once, the one that goes on has the new size', async () => {
  const { encoder, show, redone } = await opened()
  const configure = vi.spyOn(Encoder.prototype, 'configure')
  show()
  behaviour = 'reports'
  show()
  behaviour = 'works'
  encoder.resize({ width: 1280, height: 720, bitrate: 2_000_000 })
  await settle()
  expect(configure).toHaveBeenLastCalledWith(expect.objectContaining({ width: 1280 }))
  expect(made.filter(({ state }) => state === 'configured')).toHaveLength(1)
  expect(redone.at(-1)).toBe(100)
})

test('one that gives nothing out is replaced after a while', async () => {
  const { encoder, show, redone } = await opened()
  show()
  behaviour = 'hangs'
  for (let picture = 0; picture < 20; picture++) show()
  await settle(6000)
  behaviour = 'works'
  encoder.check()
  await settle()
  expect(redone).toEqual([100])
})

test('it is made ready with a frame that nobody sees; the first that counts is a key frame', async () => {
  const { encoder, show, out } = await opened()
  await encoder.prepare({ timestamp: -33_333, duration: null, close: () => {} } as unknown as VideoFrame)
  expect(out).toEqual([])
  show()
  expect(out.map(({ packet }) => [packet.type, packet.timestamp])).toEqual([['key', 0]])
  expect(made).toHaveLength(1)
})

test('one that cannot be made ready is not waited for', async () => {
  const { encoder } = await opened()
  behaviour = 'hangs'
  const prepared = vi.fn()
  void encoder.prepare({ timestamp: -33_333, close: () => {} } as unknown as VideoFrame).then(prepared)
  await settle(11_000)
  expect(prepared).toHaveBeenCalledOnce()
})

test('a pause is no hanging', async () => {
  const { encoder, show, redone } = await opened()
  show()
  await settle(60_000)
  encoder.check()
  await settle()
  expect(redone).toEqual([])
})

test('when each new one fails too it is given up, once', async () => {
  const { encoder, show, givenUp } = await opened()
  behaviour = 'throws'
  for (let attempt = 0; attempt < 10; attempt++) {
    show()
    await settle()
  }
  expect(givenUp).toHaveBeenCalledOnce()
  await encoder.flush()
})

test('one that fails while it finishes is replaced, and what it lost is given again before the end', async () => {
  const { encoder, show, redone } = await opened()
  show()
  behaviour = 'reports'
  show()
  behaviour = 'works'
  const flushed = encoder.flush()
  await settle()
  await flushed
  expect(redone).toEqual([100])
})
