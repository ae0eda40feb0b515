import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskStorage } from '@meanwhile/shared/platform/storage-disk'
import { afterAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

let full = ''
afterAll(() => full && execFileSync('umount', ['-l', full]))

/** A disk of 2 MB; undefined where this machine does not let us mount one. */
function smallDisk(folder: string) {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    return ''
  }
}

const { as, given, send } = await startApp({
  storage: async (dataDir) => {
    full = smallDisk(await mkdtemp(join(tmpdir(), 'meanwhile-small-')))
    return diskStorage(full || join(dataDir, 'media'))
  },
})

test.skipIf(!full)(
  'with no room on the disk a segment is refused with 507 and a sentence, and fits once there is room',
  async () => {
    const ada = await given.person('Ada')
    const cut = await cutRecording({ size: '1280x720' })
    const { videoId } = await given.update(ada, { video: { tracks: ['main'] } })
    const filler = join(full, 'filler')
    try {
      writeFileSync(filler, Buffer.alloc(4_000_000))
    } catch {
      // ENOSPC is the point: the disk is full to the last byte.
    }
    const refused = await send(ada, `${videoId}`, 'main', 1, cut)
    expect(refused.json()).toMatchObject({
      type: '/problems/storage-full',
      status: 507,
      title: expect.stringMatching(/no room left/),
    })
    const { tracks } = (await as(ada).inject({ url: `/api/videos/${videoId}/upload` })).json()
    expect(tracks.main.ranges).toEqual([])

    writeFileSync(filler, '')
    expect((await send(ada, `${videoId}`, 'main', 0, cut)).statusCode).toBe(201)
  },
)
