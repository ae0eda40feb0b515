import { expect, test } from 'vitest'
import { chooseSource, isSlow, mayReplace } from './source.ts'

const small = { name: '480p', width: 854, height: 480, bitsPerSecond: 500_000, hls: '/480.m3u8', file: '/480.mp4', edited: false }
const large = { ...small, name: '720p', height: 720, file: '/720.mp4' }
const none = {
  hls: null,
  original: null,
  audio: null,
  poster: null,
  preview: null,
  storyboard: null,
  silences: null,
  loudness: null,
  waveform: null,
  captions: [],
  download: null,
  camera: null,
  renditions: [],
  expiresAt: '',
}
const all = { ...none, hls: '/master.m3u8', original: '/original.mp4', renditions: [small] }
const edited = { ...all, renditions: [large, small].map((one) => ({ ...one, edited: true })) }

test.each([
  { what: 'nothing has arrived', playback: none, quality: 'auto', slow: false, url: undefined },
  {
    what: 'only segments are there',
    playback: { ...none, hls: '/master.m3u8' },
    quality: 'auto',
    slow: false,
    url: '/master.m3u8',
  },
  { what: 'the original is there', playback: all, quality: 'auto', slow: false, url: '/original.mp4' },
  { what: 'the network is slow', playback: all, quality: 'auto', slow: true, url: '/master.m3u8' },
  {
    what: 'slow, but there is one quality only',
    playback: { ...all, renditions: [] },
    quality: 'auto',
    slow: true,
    url: '/original.mp4',
  },
  { what: 'the network is slow for an edited video', playback: edited, quality: 'auto', slow: true, url: '/480.mp4' },
  { what: 'an edited video is watched', playback: edited, quality: 'auto', slow: false, url: '/original.mp4' },
  { what: 'an edited rendition was chosen', playback: edited, quality: '720p', slow: false, url: '/720.mp4' },
  { what: 'a rendition was chosen', playback: all, quality: '480p', slow: false, url: '/480.mp4' },
  { what: 'as recorded was chosen', playback: all, quality: 'source', slow: true, url: '/original.mp4' },
  { what: 'the remembered rendition does not exist here', playback: all, quality: '720p', slow: false, url: '/original.mp4' },
])('$what: plays $url', ({ playback, quality, slow, url }) => {
  expect(chooseSource({ playback }, quality, { slow, asRecorded: false })?.url).toBe(url)
})

test('for cutting, what is edited already is left out', () => {
  const source = chooseSource({ playback: edited }, '480p', { slow: true, asRecorded: true })
  expect(source).toMatchObject({ url: '/original.mp4', edited: false })
})

test('a network is slow below 4g or when data should be saved', () => {
  expect([{}, undefined, { effectiveType: '4g' }].map((network) => isSlow(network))).toEqual([false, false, false])
  expect([{ effectiveType: '3g' }, { effectiveType: '4g', saveData: true }].map((network) => isSlow(network))).toEqual([
    true,
    true,
  ])
})

test('the original never interrupts someone who watches', () => {
  expect(mayReplace({ paused: true, ms: 0, startMs: 0 })).toBe(true)
  expect(mayReplace({ paused: false, ms: 0, startMs: 0 })).toBe(false)
  expect(mayReplace({ paused: true, ms: 9000, startMs: 0 })).toBe(false)
  expect(mayReplace({ paused: true, ms: 9000, startMs: 9000 })).toBe(true)
})
