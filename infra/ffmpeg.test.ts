import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findFfmpeg } from './ffmpeg.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meanwhile-ffmpeg-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

async function install(version: string) {
  for (const name of ['ffmpeg', 'ffprobe']) {
    await writeFile(join(folder, name), `#!/bin/sh\necho "${name} version ${version} Copyright (c)"\n`)
    await chmod(join(folder, name), 0o755)
  }
}

test.each([
  { version: '6.1.1', warning: undefined },
  { version: 'n7.0', warning: undefined },
  { version: 'N-109542-g8d30', warning: undefined },
  { version: '4.3.6-0+deb11u1', warning: "This system's ffmpeg is old (4.3.6-0+deb11u1): install ffmpeg 5 or newer." },
])("the system's ffmpeg $version is used", async ({ version, warning }) => {
  await install(version)
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
  const found = await findFfmpeg({})
  expect(found).toMatchObject({ ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe', version })
  expect(found.warning).toBe(warning)
})

test('ffprobe is looked for beside the ffmpeg that is named', async () => {
  await install('6.1.1')
  expect(await findFfmpeg({ FFMPEG_PATH: join(folder, 'ffmpeg') })).toMatchObject({ ffprobePath: join(folder, 'ffprobe') })
})

test('without one in the system the bundled one is used, with advice', async () => {
  vi.stubEnv('PATH', folder)
  const found = await findFfmpeg({})
  expect(found.ffmpegPath).toContain('@ffmpeg-installer')
  expect(found.warning).toMatch(/the bundled one is old .*: install ffmpeg 5 or newer/)
})

test('a named program that is no ffmpeg is refused', async () => {
  await expect(findFfmpeg({ FFMPEG_PATH: '/bin/true', FFPROBE_PATH: '/no/such' })).rejects.toThrow(
    'FFMPEG_PATH /bin/true is not an ffmpeg that runs: correct it, or leave it unset.\n' +
      'FFPROBE_PATH /no/such is not an ffprobe that runs: correct it, or leave it unset.',
  )
})
