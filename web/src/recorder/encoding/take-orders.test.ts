import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { takeOrders } from './take-orders.ts'

class Frame {
  displayWidth = 640
  displayHeight = 360
  timestamp = 0
  clone = () => new Frame()
  close() {}
}
let encoders: { state: string }[]
class Encoder {
  static isConfigSupported = async (config: VideoEncoderConfig) => ({ supported: true, config })
  state = 'configured'
  encodeQueueSize = 0
  constructor() {
    encoders.push(this)
  }
  configure() {}
  encode() {}
  flush = async () => undefined
  close() {
    this.state = 'closed'
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  encoders = []
  vi.stubGlobal('VideoEncoder', Encoder)
  vi.stubGlobal('VideoFrame', Frame)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** An encoder that was told to open. `running` is what works for it: its ticker, and what it reads. */
function opened({ delivers }: { delivers: boolean }) {
  const running = new Set<string>()
  const source = (name: string) => {
    running.add(name)
    return new ReadableStream<VideoFrame>({
      start: (controller) => (delivers ? controller.enqueue(new Frame() as unknown as VideoFrame) : undefined),
      cancel: () => void running.delete(name),
    })
  }
  const every = () => {
    running.add('ticker')
    return () => void running.delete('ticker')
  }
  const reports: string[] = []
  const order = takeOrders(({ type }) => void reports.push(type), every)
  order({ type: 'open', quality: '1080p', content: 'detail', picture: source('picture'), camera: source('camera'), sound: null })
  return { order, running, reports }
}

test('an encoder that is called off ticks, reads and encodes no more', async () => {
  const { order, running } = opened({ delivers: true })
  await vi.advanceTimersByTimeAsync(100)
  expect([...running]).toEqual(['picture', 'camera', 'ticker'])
  expect(encoders.map(({ state }) => state)).toEqual(['configured', 'configured'])
  order({ type: 'close' })
  await vi.advanceTimersByTimeAsync(100)
  expect([...running]).toEqual([])
  expect(encoders.map(({ state }) => state)).toEqual(['closed', 'closed'])
})

test('nor does one whose pictures never came', async () => {
  const { running, reports } = opened({ delivers: false })
  await vi.advanceTimersByTimeAsync(11_000)
  expect(reports).toContain('failed')
  expect([...running]).toEqual([])
})
