import { expect, test } from 'vitest'
import { trackOf } from './packets.ts'
import { planImport } from './plan.ts'
import type { Picture, Sound, Streams } from './streams.ts'

const picture: Picture = {
  index: 0,
  codec: 'h264',
  tag: 'avc1',
  profile: 'High',
  level: 40,
  pixelFormat: 'yuv420p',
  width: 1920,
  height: 1080,
  rotation: 0,
  hasSquarePixels: true,
  isInterlaced: false,
  isHdr: false,
}
const sound: Sound = { index: 1, codec: 'aac', tag: 'mp4a', profile: 'LC', channels: 2 }
const streams = (change: { picture?: Partial<Picture>; sound?: Partial<Sound>; saidMs?: number } = {}): Streams => ({
  picture: { ...picture, ...change.picture },
  sound: { ...sound, ...change.sound },
  saidMs: change.saidMs ?? 10_000,
})

/** Packets every `stepMs`, a key frame every `keyMs`. */
function track({ fromMs = 0, toMs = 10_000, stepMs = 40, keyMs = 2_000 } = {}) {
  const track = trackOf()
  for (let atMs = fromMs; atMs < toMs; atMs += stepMs) track.add(atMs, stepMs, (atMs - fromMs) % keyMs === 0)
  return track.end()
}
const whole = { picture: track(), sound: track({ stepMs: 20, keyMs: 20 }) }
const modes = (...input: Parameters<typeof planImport>) => {
  const plan = planImport(...input)
  return [plan.picture?.mode, plan.sound?.mode]
}

test('what every player plays is copied', () => expect(modes(streams(), whole)).toEqual(['copy', 'copy']))

test.each([
  { what: 'HEVC', change: { codec: 'hevc' } },
  { what: 'ten bits', change: { pixelFormat: 'yuv420p10le', profile: 'High 10' } },
  { what: 'full colour', change: { pixelFormat: 'yuv444p', profile: 'High 4:4:4 Predictive' } },
  { what: 'a level above 5.1', change: { level: 52 } },
  { what: 'a rotation', change: { rotation: -90 } },
  { what: 'oblong pixels', change: { hasSquarePixels: false } },
  { what: 'half pictures', change: { isInterlaced: true } },
  { what: 'an odd side', change: { height: 1081 } },
])('a picture with $what is encoded, its sound copied', ({ change }) => {
  expect(modes(streams({ picture: change }), whole)).toEqual(['encode', 'copy'])
})

test('key frames that are far apart would make segments that take long to begin with', () => {
  expect(modes(streams(), { ...whole, picture: track({ keyMs: 6_000 }) })).toEqual(['encode', 'copy'])
})

test.each([
  { what: 'Opus', change: { codec: 'opus' } },
  { what: 'high efficiency', change: { profile: 'HE-AAC' } },
  { what: 'six channels', change: { channels: 6 } },
])('sound with $what is encoded, its picture copied', ({ change }) => {
  expect(modes(streams({ sound: change }), whole)).toEqual(['copy', 'encode'])
})

test('sound that begins late is preceded by silence, one that ends early is followed by it', () => {
  const late = planImport(streams(), { ...whole, sound: track({ fromMs: 3_000, toMs: 8_000, stepMs: 20 }) })
  expect(late).toMatchObject({ picture: { mode: 'copy' }, sound: { mode: 'encode', startMs: 0, endMs: 10_000 } })
})

test('a picture that ends early stands until the sound is over', () => {
  const plan = planImport(streams(), { ...whole, picture: track({ toMs: 4_000 }) })
  expect(plan.picture).toMatchObject({ mode: 'encode', tailMs: 6_000, endMs: 10_000, ticks: true })
})

test('a recording begins at zero, wherever its clock stood', () => {
  const from = { fromMs: 90_000, toMs: 100_000 }
  const plan = planImport(streams(), { picture: track(from), sound: track({ ...from, stepMs: 20 }) })
  expect(plan).toMatchObject({ zeroMs: 90_000, durationMs: 10_000, picture: { startMs: 0, endMs: 10_000 } })
})

test('a clock that jumps in all tracks is set right; a picture that stands still while someone talks is not', () => {
  const jumping = (stepMs: number) => {
    const both = trackOf()
    for (const fromMs of [0, 3_600_000])
      for (let atMs = fromMs; atMs < fromMs + 5_000; atMs += stepMs) both.add(atMs, stepMs, atMs % 1_000 === 0)
    return both.end()
  }
  const plan = planImport(streams({ saidMs: 3_605_000 }), { picture: jumping(40), sound: jumping(20) })
  expect(plan.jumps).toHaveLength(1)
  expect(plan.durationMs).toBeLessThan(13_000)
  expect(plan.remarks).toEqual([expect.stringMatching(/^Its clock jumps by 59:5\d at 0:0\d/)])

  const talk = track({ toMs: 3_605_000, stepMs: 1_000 })
  expect(planImport(streams({ saidMs: 3_605_000 }), { picture: jumping(40), sound: talk })).toMatchObject({
    jumps: [],
    durationMs: 3_605_000,
    picture: { mode: 'encode', ticks: true },
  })
})

test('a file that ends before its header says so is imported, with a remark', () => {
  expect(planImport(streams({ saidMs: 60_000 }), whole).remarks).toEqual([
    'The file was cut off: it should last 1:00 and ends after 10 seconds. All that is in it was imported.',
  ])
})

test.each([
  { what: 'protected', input: streams({ picture: { tag: 'encv' } }), reason: /DRM/ },
  { what: 'in a rare codec', input: streams({ picture: { codec: 'magicyuv' } }), reason: /^Its picture is coded as magicyuv/ },
  { what: 'in a rare codec of sound', input: streams({ sound: { codec: 'wmav2' } }), reason: /^Its sound is coded as wmav2/ },
  { what: 'too large', input: streams({ picture: { width: 16_384 } }), reason: /is too large/ },
])('a file that is $what is refused with the reason', ({ input, reason }) => {
  expect(() => planImport(input, whole)).toThrow(reason)
})

test('seven hours are too long, and a header without a frame is nothing', () => {
  const long = track({ toMs: 7 * 3_600_000, stepMs: 10_000, keyMs: 10_000 })
  expect(() => planImport(streams(), { picture: long, sound: long })).toThrow('It lasts 7:00:00; at most 6 hours')
  expect(() => planImport(streams(), { picture: null, sound: null })).toThrow(/cut off before its first moment/)
})
