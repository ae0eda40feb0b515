import { expect, test } from 'vitest'
import { videoConfig } from './video-config.ts'

const hd = { width: 1920, height: 1080, bitrate: 2_800_000, content: 'detail' as const }
const only =
  (pattern: RegExp) =>
  async ({ codec }: VideoEncoderConfig) =>
    pattern.test(codec)

test.each([
  ['H.264', /./, 'avc1.640028'],
  ['H.264 of a simpler profile', /^avc1\.42/, 'avc1.420028'],
  ['VP9 where H.264 is missing', /^(vp09|av01)/, 'vp09.00.40.08'],
  ['AV1 as the last resort', /^av01/, 'av01.0.08M.08'],
])('%s', async (_, supported, codec) => {
  expect((await videoConfig(hd, false, only(supported)))?.codec).toBe(codec)
})

test.each([
  [1280, 720, 'avc1.64001f'],
  [1920, 1200, 'avc1.640032'],
  [3840, 2160, 'avc1.640033'],
])('%i × %i at 30 pictures a second has the level that allows it', async (width, height, codec) => {
  expect((await videoConfig({ ...hd, width, height }, false, only(/./)))?.codec).toBe(codec)
})

test('nothing that encodes is null', async () => {
  expect(await videoConfig(hd, false, only(/none/))).toBeNull()
})

test('after a failure the graphics processor is avoided where that is possible', async () => {
  expect((await videoConfig(hd, true, only(/./)))?.hardwareAcceleration).toBe('prefer-software')
})
