import { expect, test } from 'vitest'
import { probeArguments } from './command.ts'
import { renditions, soundWithoutCuts } from './encode.ts'
import { type Filler, filler } from './filler.ts'
import { copyToFragments, copyToMp4, decode, poster, storyboard } from './options.ts'
import { preview } from './preview.ts'
import { argumentsOf } from './run.ts'
import { listen, speechOf } from './sound.ts'
import { encodePiece, joinPieces } from './stretches.ts'
import type { Watched } from './watched.ts'

const caps = { durationMs: 60_000, fileBytes: 1000.5 }
const rung = (name: string, width: number, height: number) => ({
  name,
  width,
  height,
  bitsPerSecond: 1_000_000,
  file: `/s/${name}.mp4`,
  fileBytes: 5_000,
})
const rungs = [rung('720p', 1280, 720), rung('480p', 854, 480)]
const sheet = { columns: 4, rows: 1, tileWidth: 160, tileHeight: 90, intervalMs: 2_000, tiles: 4 }

const untouched: Watched = { width: 1920, height: 1080, cuts: [], kept: [], bubble: null, soundStartMs: 0 }
const edited: Watched = {
  ...untouched,
  cuts: [[2_000, 4_000]],
  kept: [
    { fromMs: 0, toMs: 2_000, standingMs: 0 },
    { fromMs: 4_000, toMs: 60_000, standingMs: 3_800 },
  ],
  bubble: { shape: 'round', x: 48, y: 648, side: 384 },
}
const size = { width: 1280, height: 720, bitsPerSecond: 4_000_000 }

const still = {
  picture: { fromMs: 302_000, toMs: 304_345, lastFrameMs: 301_966.7, timescale: 57_600 },
  silence: { fromMs: 302_000, packets: 110, sampleRate: 48_000, channels: 1 },
}

const commands = {
  original: copyToMp4([{ maps: ['v', 'a'] }], 0, '/s/original.mp4', caps),
  'original with sound apart': copyToMp4([{ maps: ['v'] }, { maps: ['a'] }], 30, '/s/original.mp4', caps),
  fragments: copyToFragments('/s/720p.mp4', true, '/s/720p-hls.mp4', caps),
  decode: decode([{ file: '/s/a.mp4', fromMs: 1_500 }], ['v', 'a'], 2_000, '-fps_mode'),
  poster: poster('/s/start.mp4', [1_000, 9_000], { width: 1280, height: 720 }, '/s/poster.jpg', '-fps_mode'),
  storyboard: storyboard('/s/source.mp4', sheet, [[1_000, 2_500]], '/s/storyboard.jpg', '-fps_mode'),
  preview: preview(
    ['/s/source.mp4', '/s/camera.mp4'],
    edited,
    [60_000, 64_000],
    { width: 480, height: 270 },
    '/s/preview.mp4',
    '-fps_mode',
  ),
  listen: listen({ file: '/s/source.mp4', startMs: 40, durationMs: 60_000 }, '/s/loud.txt', '/s/heard.raw'),
  speech: speechOf({ file: '/s/source.mp4', startMs: 0, durationMs: 60_000 }, '/s/speech.raw'),
  renditions: renditions(['/s/source.mp4'], untouched, rungs, 'copy', 60_000, '-fps_mode'),
  'edited renditions': renditions(['/s/source.mp4', '/s/camera.mp4'], edited, rungs, 'encode', 58_000, '-fps_mode'),
  'sound without cuts': soundWithoutCuts('/s/source.mp4', edited, '/s/download.mp4', caps),
  piece: encodePiece(size, 30, '/s/piece-0.mp4', caps, '-fps_mode'),
  filler: filler('/s/neighbour.mp4', still, '/s/filled.mp4', '-fps_mode'),
  'joined pieces': joinPieces(true, { soundMs: [0, 4_000], isCopied: false }, 0, '/s/original.mp4', caps),
}
const after = (args: string[], name: string) => args.filter((_, index) => args[index - 1] === name)

test.each(Object.entries(commands))('%s is confined, whatever is in the file', (_, command) => {
  const args = argumentsOf(command)
  const inputs = command.inputs.length
  for (const flag of [
    '-protocol_whitelist',
    '-format_whitelist',
    '-codec_whitelist',
    '-max_pixels',
    '-max_streams',
    '-probesize',
    '-analyzeduration',
  ])
    expect(after(args, flag)).toHaveLength(inputs)
  expect(after(args, '-format_whitelist')[0]).toBe('mov,mp4,m4a,3gp,3g2,mj2')
  expect(after(args, '-max_alloc')).toEqual(['268435456'])
  expect(args).toContain('-nostdin')
  for (const [index, input] of after(args, '-i').entries())
    expect(input).toMatch(after(args, '-protocol_whitelist')[index] === 'pipe' ? /^pipe:\d$/ : /^file:\/s\//)
  // Each input's format is forced: its last option is before the next input.
  expect(after(args, '-f').filter((format) => format === 'mov')).toHaveLength(inputs)
})

test.each(Object.entries(commands))('%s writes nothing that was not asked for, and not without an end', (_, command) => {
  const args = argumentsOf(command)
  const outputs = command.outputs.length
  for (const flag of ['-map_metadata', '-map_chapters', '-fs']) expect(after(args, flag)).toHaveLength(outputs)
  expect(args.filter((arg) => arg === '-dn')).toHaveLength(outputs)
  expect(args.filter((arg) => arg === '-sn')).toHaveLength(outputs)
  expect(after(args, '-map').length).toBeGreaterThanOrEqual(outputs)
  for (const { options } of command.outputs) expect(options).toEqual(expect.arrayContaining(['-t', '-f']))
  expect(after(args, '-fs').every((bytes) => /^\d+$/.test(bytes))).toBe(true)
})

test('frames are never repeated to a constant rate', () => {
  for (const command of [
    commands.poster,
    commands.storyboard,
    commands.preview,
    commands.renditions,
    commands['edited renditions'],
    commands.piece,
  ])
    expect(new Set(after(argumentsOf(command), '-fps_mode'))).toEqual(new Set(['vfr']))
  const old = argumentsOf(renditions(['/s/source.mp4'], untouched, rungs, 'none', 60_000, '-vsync'))
  expect(after(old, '-vsync')).toEqual(['vfr', 'vfr'])
  expect(old).not.toContain('-fps_mode')
})

test('a preview decodes only what is seen in it, of the screen and of the camera', () => {
  const args = argumentsOf(commands.preview)
  expect(after(args, '-ss')).toEqual(['55.000', '55.000'])
  // The third is that of the output.
  expect(after(args, '-t')).toEqual(['9.000', '9.000', '5.000'])
  expect(args).toContain('-an')
})

test('all that is measured of a sound is measured in one decode, wherever its files lie', () => {
  const odd = listen({ file: '/s/a.mp4', startMs: 0, durationMs: 1_000 }, "/t/a:b,'c'/l.txt", '/t/h.raw')
  const [filter] = after(argumentsOf(odd), '-filter_complex')
  expect(filter?.match(/\[0:a:0\]/g)).toHaveLength(1)
  expect(filter).toContain(String.raw`file=/t/a\\:b\,\\\'c\\\'/l.txt`)
  expect(after(argumentsOf(commands.listen), '-filter_complex')[0]).toContain('adelay=delays=40.000:all=1')
})

test('renditions are decoded once, each scaled from the one above it', () => {
  const [filter] = after(argumentsOf(commands.renditions), '-filter_complex')
  expect(filter?.match(/\[0:v:0\]/g)).toHaveLength(1)
  expect(filter).toMatch(/scale=1280:720.*split=2\[720p\]\[below1\];\[below1\]scale=854:480.*\[480p\]$/)
})

test('an edited rendition is decoded once too, and its camera comes when it was recorded', () => {
  const args = argumentsOf(commands['edited renditions'])
  const [filter] = after(args, '-filter_complex')
  expect(filter?.match(/\[[01]:[va]:0\]/g)).toEqual(['[0:v:0]', '[1:v:0]', '[0:a:0]'])
  expect(filter).toMatch(/overlay=48:648:eof_action=pass:format=yuv420,setpts=.*,scale=1280:720.*\[480p\];/)
  expect(args.filter((arg) => arg === '-copyts')).toHaveLength(2)
  expect(after(args, '-map')).toEqual(['[720p]', '[sound0]', '[480p]', '[sound1]'])
})

test.each([
  { soundMs: [], isCopied: false, maps: ['0:v:0'], filter: undefined },
  { soundMs: [0], isCopied: true, maps: ['0:v:0', '1:a:0'], filter: undefined },
  { soundMs: [0], isCopied: false, maps: ['0:v:0', '[sound]'], filter: /^\[1:a:0\][^;]*\[sound\]$/ },
  { soundMs: [500, 4_000], isCopied: false, maps: ['0:v:0', '[sound]'], filter: /whole_dur=3\.500.*concat=n=2.*PTS\+0\.500\/TB/ },
])('pieces with $soundMs.length sounds, copied: $isCopied', ({ soundMs, isCopied, maps, filter }) => {
  const args = argumentsOf(joinPieces(true, { soundMs, isCopied }, 0, '/s/original.mp4', caps))
  expect(after(args, '-map')).toEqual(maps)
  const [made] = after(args, '-filter_complex')
  if (filter) expect(made).toMatch(filter)
  else expect(made).toBeUndefined()
})

test('what fills a hole is as long as it to the tick, and its silence is whole packets', () => {
  const args = argumentsOf(commands.filler)
  expect(after(args, '-bsf:v')).toEqual(['dump_extra=freq=keyframe,setts=duration=67536'])
  expect(after(args, '-frames:a')).toEqual(['110'])
  expect(after(args, '-filter_complex')[0]).toMatch(
    /loop=loop=1:.*settb=1\/57600,.*N\*1172\.5.*;anullsrc=r=48000:cl=mono,atrim=end_sample=111616,/,
  )
})

test('a hole in a picture without sound, or in sound alone, is filled with that alone', () => {
  const mapsOf = (what: Filler) => after(argumentsOf(filler('/s/n.mp4', what, '/s/f.mp4', '-fps_mode')), '-map')
  expect(mapsOf({ ...still, silence: null })).toEqual(['[picture]'])
  expect(mapsOf({ ...still, picture: null })).toEqual(['[silence]'])
})

test('all pieces of a size say the same of how they are coded, and no frame refers to a later one', () => {
  const args = argumentsOf(commands.piece)
  expect(after(args, '-level')).toEqual(['4.2'])
  expect(after(args, '-bf')).toEqual(['0'])
  expect(after(argumentsOf(encodePiece({ ...size, width: 3840, height: 2160 }, 0, '/s/p', caps, '-fps_mode')), '-level')).toEqual(
    ['5.2'],
  )
})

test.each([
  { audio: 'none', maps: ['[720p]', '[480p]'], coders: [] },
  { audio: 'copy', maps: ['[720p]', '0:a:0', '[480p]', '0:a:0'], coders: ['copy', 'copy'] },
  { audio: 'encode', maps: ['[720p]', '[sound0]', '[480p]', '[sound1]'], coders: ['aac', 'aac'] },
] as const)('sound of renditions: $audio', ({ audio, maps, coders }) => {
  const args = argumentsOf(
    renditions(
      ['/s/source.mp4'],
      { ...untouched, kept: [{ fromMs: 0, toMs: 60_000, standingMs: 0 }] },
      rungs,
      audio,
      60_000,
      '-fps_mode',
    ),
  )
  expect(after(args, '-map')).toEqual(maps)
  expect(after(args, '-c:a')).toEqual(coders)
})

test('tracks are moved together, and keep their distance', () => {
  const args = argumentsOf(commands['original with sound apart'])
  expect(args).toContain('-copyts')
  expect(after(args, '-itsoffset')).toEqual(['-0.030', '-0.030'])
  expect(after(args, '-map')).toEqual(['0:v:0', '1:a:0'])
  expect(after(args, '-i')).toEqual(['pipe:0', 'pipe:3'])
  expect(argumentsOf(commands.original)).not.toContain('-itsoffset')
})

test('ffprobe is confined too', () => {
  const args = probeArguments('/s/poster.jpg', 'jpeg', ['-of', 'json'])
  expect(after(args, '-format_whitelist')).toEqual(['jpeg_pipe'])
  expect(after(args, '-codec_whitelist')).toEqual(['mjpeg'])
  expect(args.slice(-2)).toEqual(['-i', 'file:/s/poster.jpg'])
})
