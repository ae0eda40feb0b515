import { expect, test } from 'vitest'
import { qualitiesOf, shownQuality } from './qualities.ts'

const rendition = (name: string, height: number) => ({
  name,
  height,
  width: height * 2,
  bitsPerSecond: 1,
  hls: '',
  file: '',
  edited: false,
})
const sound = { silences: null, loudness: null, waveform: null, captions: [] }
const pictures = { audio: null, poster: null, preview: null, storyboard: null }
const playback = { hls: null, original: null, download: null, camera: null, expiresAt: '', ...sound, ...pictures }

test('the menu offers automatic, as recorded, and each rendition, largest first', () => {
  const renditions = [rendition('480p', 480), rendition('source', 1080), rendition('720p', 720)]
  expect(qualitiesOf({ height: 1080, playback: { ...playback, renditions } }).map(({ label }) => label)).toEqual([
    'Auto',
    '1080p',
    '720p',
    '480p',
  ])
})

test('before anything is known of the video, as recorded is called original', () => {
  expect(qualitiesOf({ height: null, playback: { ...playback, renditions: [] } })[1]?.label).toBe('Original')
})

test('a choice remembered from another video that this one does not have is shown as automatic', () => {
  const choices = qualitiesOf({ height: 720, playback: { ...playback, renditions: [rendition('480p', 480)] } })
  expect(shownQuality(choices, '480p')).toBe('480p')
  expect(shownQuality(choices, '360p')).toBe('auto')
})
