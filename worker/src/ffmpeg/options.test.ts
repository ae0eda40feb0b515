import { expect, test } from 'vitest'
import { copyToFragments, copyToMp4, decode, poster, probeArguments, renditions, storyboard } from './options.ts'
import { argumentsOf } from './run.ts'

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

const commands = {
  original: copyToMp4([{ maps: ['v', 'a'] }], 0, '/s/original.mp4', caps),
  'original with sound apart': copyToMp4([{ maps: ['v'] }, { maps: ['a'] }], 30, '/s/original.mp4', caps),
  fragments: copyToFragments('/s/720p.mp4', true, '/s/720p-hls.mp4', caps),
  decode: decode([{ file: '/s/a.mp4', fromMs: 1_500 }], ['v', 'a'], 2_000, '-fps_mode'),
  poster: poster('/s/start.mp4', 1_000, { width: 1280, height: 720 }, '/s/poster.jpg', '-fps_mode'),
  storyboard: storyboard('/s/source.mp4', sheet, '/s/storyboard.jpg', '-fps_mode'),
  renditions: renditions('/s/source.mp4', rungs, 'copy', 60_000, '-fps_mode'),
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
  for (const flag of ['-map_metadata', '-map_chapters', '-t', '-fs']) expect(after(args, flag)).toHaveLength(outputs)
  expect(args.filter((arg) => arg === '-dn')).toHaveLength(outputs)
  expect(args.filter((arg) => arg === '-sn')).toHaveLength(outputs)
  expect(after(args, '-map').length).toBeGreaterThanOrEqual(outputs)
  for (const { options } of command.outputs) expect(options).toContain('-f')
  expect(after(args, '-fs').every((bytes) => /^\d+$/.test(bytes))).toBe(true)
})

test('frames are never repeated to a constant rate', () => {
  for (const command of [commands.poster, commands.storyboard, commands.renditions])
    expect(new Set(after(argumentsOf(command), '-fps_mode'))).toEqual(new Set(['vfr']))
  const old = argumentsOf(renditions('/s/source.mp4', rungs, 'none', 60_000, '-vsync'))
  expect(after(old, '-vsync')).toEqual(['vfr', 'vfr'])
  expect(old).not.toContain('-fps_mode')
})

test('renditions are decoded once, each scaled from the one above it', () => {
  const [filter] = after(argumentsOf(commands.renditions), '-filter_complex')
  expect(filter?.match(/\[0:v:0\]/g)).toHaveLength(1)
  expect(filter).toMatch(/scale=1280:720.*split=2\[720p\]\[below1\];\[below1\]scale=854:480.*\[480p\]$/)
})

test.each([
  { audio: 'none', maps: ['[720p]', '[480p]'], coders: [] },
  { audio: 'copy', maps: ['[720p]', '0:a:0', '[480p]', '0:a:0'], coders: ['copy', 'copy'] },
  { audio: 'encode', maps: ['[720p]', '0:a:0', '[480p]', '0:a:0'], coders: ['aac', 'aac'] },
] as const)('sound of renditions: $audio', ({ audio, maps, coders }) => {
  const args = argumentsOf(renditions('/s/source.mp4', rungs, audio, 60_000, '-fps_mode'))
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
