import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

const home = await mkdtemp(join(tmpdir(), 'meanwhile-folder-'))
afterAll(() => rm(home, { recursive: true }))

test('a folder is made with those above it, once', async () => {
  const path = join(home, 'a/b/c')
  expect(await makeFolder(path, 0o700)).toBe(true)
  expect((await stat(path)).mode & 0o777).toBe(0o700)
  expect(await makeFolder(path)).toBe(false)
})

test('a file in the way is no folder', async () => {
  await writeFile(join(home, 'file'), '')
  await expect(makeFolder(join(home, 'file'))).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeFolder(join(home, 'file/below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})

test.runIf(process.platform === 'linux')('where nothing can be made it says so, and ends', async () => {
  await expect(makeFolder('/proc/meanwhile')).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(makeFolder('/proc/meanwhile/data')).rejects.toMatchObject({ code: 'ENOENT' })
})
