import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { ObjectNotFoundError, type Storage } from '@meanwhile/shared/platform/storage'
import { expect, test } from 'vitest'

/** What every storage promises. `open` gives an empty one. */
export function conformsToStorage(open: () => Promise<Storage>) {
  const given = async (objects: Record<string, string>) => {
    const storage = await open()
    const dir = await mkdtemp(join(tmpdir(), 'meanwhile-storage-'))
    const put = async (key: string, text: string) => {
      const file = join(dir, 'incoming')
      await writeFile(file, text)
      await storage.putFile(key, file)
    }
    for (const [key, text] of Object.entries(objects)) await put(key, text)
    return { storage, dir, put }
  }
  const read = async (storage: Storage, key: string, range?: { start: number; end: number }) =>
    (await buffer(await storage.read(key, range))).toString()
  const keysBelow = async (storage: Storage, prefix: string) => {
    const keys: string[] = []
    for await (const key of storage.list(prefix)) keys.push(key)
    return keys.sort()
  }

  test('what was stored is read back, whole and in ranges', async () => {
    const { storage } = await given({ 'videos/a/main/000001.m4s': '0123456789' })
    expect(await storage.size('videos/a/main/000001.m4s')).toBe(10)
    expect(await read(storage, 'videos/a/main/000001.m4s')).toBe('0123456789')
    expect(await read(storage, 'videos/a/main/000001.m4s', { start: 2, end: 4 })).toBe('234')
    expect(await read(storage, 'videos/a/main/000001.m4s', { start: 9, end: 9 })).toBe('9')
  })

  test('lists are whole, however many folders there are and however much is in them', async () => {
    const names = Array.from({ length: 40 }, (_each, index) => index)
    const many = names.flatMap((name) => [`videos/${name}/main/0.m4s`, `videos/0/camera/${name}.m4s`])
    const { storage } = await given(Object.fromEntries(many.map((key) => [key, ''])))
    expect(await keysBelow(storage, 'videos/')).toEqual(many.sort())
    expect(await keysBelow(storage, 'videos/0/')).toHaveLength(41)
  })

  test('a second object of the same key replaces the first', async () => {
    const { storage, put } = await given({ 'videos/a/x.jpg': 'first' })
    await put('videos/a/x.jpg', 'second')
    expect(await read(storage, 'videos/a/x.jpg')).toBe('second')
  })

  test('an empty object is an object', async () => {
    const { storage } = await given({ 'videos/a/empty.vtt': '' })
    expect(await storage.size('videos/a/empty.vtt')).toBe(0)
    expect(await read(storage, 'videos/a/empty.vtt')).toBe('')
  })

  test('what is not there has no size and cannot be read', async () => {
    const { storage, dir } = await given({})
    expect(await storage.size('videos/a/nothing')).toBeNull()
    await expect(storage.read('videos/a/nothing')).rejects.toThrow(ObjectNotFoundError)
    await expect(storage.download('videos/a/nothing', join(dir, 'x'))).rejects.toThrow(ObjectNotFoundError)
  })

  test('an object is copied to a local file', async () => {
    const { storage, dir } = await given({ 'videos/a/x.mp4': 'bytes' })
    await storage.download('videos/a/x.mp4', join(dir, 'copy'))
    expect(await readFile(join(dir, 'copy'), 'utf8')).toBe('bytes')
  })

  test('objects are listed below a prefix, and deleted one by one or all together', async () => {
    const { storage } = await given({ 'videos/a/1': 'x', 'videos/a/main/2': 'x', 'videos/b/3': 'x' })
    expect(await keysBelow(storage, 'videos/a/')).toEqual(['videos/a/1', 'videos/a/main/2'])
    await storage.delete('videos/a/1')
    await storage.delete('videos/a/1')
    expect(await keysBelow(storage, 'videos/')).toEqual(['videos/a/main/2', 'videos/b/3'])
    await storage.deleteAll('videos/a/')
    await storage.deleteAll('videos/a/')
    expect(await keysBelow(storage, 'videos/')).toEqual(['videos/b/3'])
  })

  test('of objects it says how large they are and when they were stored', async () => {
    const { storage } = await given({ 'videos/a/1': 'four', 'videos/b/2': 'x' })
    const found = []
    for await (const object of storage.objects('videos/a/')) found.push(object)
    expect(found).toMatchObject([{ key: 'videos/a/1', sizeBytes: 4 }])
    expect(Math.abs(Date.now() - (found[0]?.storedAt.getTime() ?? 0))).toBeLessThan(60_000)
  })

  test('it says that it can be reached', async () => {
    const { storage } = await given({})
    await expect(storage.check()).resolves.toBeUndefined()
  })
}
