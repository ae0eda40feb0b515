import { afterEach, expect, test, vi } from 'vitest'
import type { Playback } from '../player/playback.ts'
import { speakPlayerJs } from './player-js.ts'

afterEach(() => vi.unstubAllGlobals())

/** A page in a frame whose element knows nothing yet, and what the page around it hears. */
function inFrame(lengthMs: number) {
  const heard: { event: string; listener?: unknown; value?: unknown }[] = []
  const around = { postMessage: (text: string) => heard.push(JSON.parse(text)) }
  const here = new EventTarget()
  vi.stubGlobal('window', { parent: around })
  vi.stubGlobal('location', { href: 'https://here.example/embed/1' })
  vi.stubGlobal('HTMLMediaElement', { HAVE_METADATA: 1 })
  vi.stubGlobal('addEventListener', here.addEventListener.bind(here))
  const media = Object.assign(new EventTarget(), { readyState: 0, paused: true, loop: false })
  const playback = { media, ms: 0, durationMs: 0, bufferedMs: 0 } as unknown as Playback
  const talk = speakPlayerJs(playback, () => lengthMs)
  const say = (method: string, value?: unknown, listener?: string) =>
    here.dispatchEvent(
      Object.assign(new Event('message'), {
        source: around,
        origin: 'https://wiki.example',
        data: { context: 'player.js', method, value, listener },
      }),
    )
  return { heard, media, talk, say }
}

test.each(['loadedmetadata', 'suspend'])('it is ready at %s, once, and says so to whoever is there', (event) => {
  const { heard, media } = inFrame(4000)
  expect(heard).toEqual([])
  media.dispatchEvent(new Event(event))
  media.dispatchEvent(new Event('loadedmetadata'))
  expect(heard).toMatchObject([{ event: 'ready', value: { src: 'https://here.example/embed/1' } }])
})

test('who asked to be told is told when it is ready, who asks later at once', () => {
  const { heard, media, say } = inFrame(4000)
  say('addEventListener', 'ready', 'early')
  expect(heard).toEqual([])
  media.dispatchEvent(new Event('loadedmetadata'))
  say('addEventListener', 'ready', 'late')
  expect(heard.map(({ event, listener }) => [event, listener])).toEqual([
    ['ready', 'early'],
    ['ready', 'late'],
  ])
})

test('a length that the element does not know yet is that of the recording', () => {
  const { heard, say } = inFrame(4000)
  say('getDuration')
  expect(heard).toMatchObject([{ event: 'getDuration', value: 4 }])
})

test('what cannot be played is told to those who ask once it is known', () => {
  const { heard, talk, say } = inFrame(0)
  say('addEventListener', 'error', 'mine')
  say('addEventListener', 'error', 'theirs')
  say('removeEventListener', 'error', 'theirs')
  talk.fail()
  expect(heard.map(({ event, listener }) => [event, listener])).toEqual([
    ['ready', undefined],
    ['error', 'mine'],
  ])
})
