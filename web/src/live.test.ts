import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type LiveMessage, onLive } from './live.svelte.ts'

const brought = vi.hoisted(() => ({ position: 7 as number | undefined }))
vi.mock('./brought.ts', () => ({ takeBrought: () => brought.position }))

class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2
  static made: FakeEventSource[] = []
  readyState = 1
  readonly url: string
  constructor(url: string) {
    super()
    this.url = url
    FakeEventSource.made.push(this)
  }
  close() {
    this.readyState = 2
  }
  say(type: string, data?: unknown) {
    this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data) }))
  }
}
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
const streams = FakeEventSource.made
let heard: LiveMessage[] = []
let stop = () => {}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeEventSource)
  vi.stubGlobal('document', page)
  page.visibilityState = 'visible'
  streams.length = 0
  heard = []
  brought.position = 7
  stop = onLive((message) => heard.push(message))
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const show = (state: 'visible' | 'hidden') => {
  page.visibilityState = state
  page.dispatchEvent(new Event('visibilitychange'))
}

test('all listeners of a tab share one connection, and the last one that leaves closes it', () => {
  const second = onLive(() => {})
  expect(streams).toHaveLength(1)
  stop()
  expect(streams[0]?.readyState).toBe(1)
  second()
  expect(streams[0]?.readyState).toBe(2)
})

test('a change is heard, and only a later opening is told as reconnected', () => {
  streams[0]?.say('start', { missed: false })
  streams[0]?.say('comment', { type: 'comment', updateId: 'u', commentId: 'c' })
  expect(heard).toEqual([{ type: 'comment', updateId: 'u', commentId: 'c' }])
  streams[0]?.say('start', { missed: false })
  expect(heard.at(-1)).toEqual({ type: 'reconnected' })
})

test('a page that came without a position may have read what changed before its stream began', () => {
  expect(streams[0]?.url).toBe('/api/events?after=7')
  stop()
  brought.position = undefined
  stop = onLive((message) => heard.push(message))
  expect(streams[1]?.url).toBe('/api/events')
  streams[1]?.say('start', { missed: false })
  expect(heard).toEqual([{ type: 'reconnected' }])
})

test('a refused stream is tried again, each time later, up to half a minute', () => {
  for (const waitMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const before = streams.length
    const stream = streams.at(-1)
    stream?.close()
    stream?.say('error')
    vi.advanceTimersByTime(waitMs - 1)
    expect(streams).toHaveLength(before)
    vi.advanceTimersByTime(1)
    expect(streams).toHaveLength(before + 1)
  }
  streams.at(-1)?.say('start', { missed: false })
})

test('a hidden tab gives its connection back after half a minute and learns on return that it missed something', () => {
  streams[0]?.say('start', { missed: false })
  show('hidden')
  vi.advanceTimersByTime(29_000)
  expect(streams[0]?.readyState).toBe(1)
  vi.advanceTimersByTime(1_000)
  expect(streams[0]?.readyState).toBe(2)
  show('visible')
  streams[1]?.say('start', { missed: false })
  expect(heard).toEqual([{ type: 'reconnected' }])
})

test('a tab that was opened in the background, or could not connect at once, has missed something', () => {
  stop()
  show('hidden')
  stop = onLive((message) => heard.push(message))
  show('visible')
  streams.at(-1)?.say('start', { missed: false })
  expect(heard).toEqual([{ type: 'reconnected' }])

  stop()
  stop = onLive((message) => heard.push(message))
  streams.at(-1)?.say('error')
  streams.at(-1)?.say('start', { missed: false })
  expect(heard).toHaveLength(2)
})

test('a position that the server does not know any more is told', () => {
  streams[0]?.say('start', { missed: true })
  expect(heard).toEqual([{ type: 'reconnected' }])
})
