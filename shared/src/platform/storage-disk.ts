import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, constants, copyFile, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { ObjectNotFoundError, type Storage, StorageFullError } from './storage.ts'

const hasCode = (error: unknown, ...codes: string[]) =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))

async function sync(path: string) {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Syncs the file, then the rename: after a power cut the object is there whole or not at all. */
async function moveDurably(file: string, target: string, incomingDir: string) {
  await mkdir(dirname(target), { recursive: true })
  await sync(file)
  try {
    await rename(file, target)
  } catch (error) {
    if (!hasCode(error, 'EXDEV')) throw error
    const near = join(incomingDir, randomUUID())
    await copyFile(file, near)
    await sync(near)
    await rename(near, target)
    await rm(file, { force: true })
  }
  await sync(dirname(target))
}

/** Folder by folder: `opendir`'s own recursion leaves out what is behind the first 32 entries of a folder (Node 20). */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(folder)) {
      const path = join(folder, entry.name)
      if (entry.isFile()) yield path
      else if (entry.isDirectory()) yield* filesBelow(path)
    }
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}

/** Objects as files below a folder, `incoming` beside them. */
export async function diskStorage(root: string): Promise<Storage> {
  const objectsDir = join(root, 'objects')
  const incomingDir = join(root, 'incoming')
  await Promise.all([mkdir(objectsDir, { recursive: true }), mkdir(incomingDir, { recursive: true })])
  const pathOf = (key: string) => join(objectsDir, key)
  const keyOf = (path: string) => relative(objectsDir, path).split(sep).join('/')

  const size = async (key: string) => {
    try {
      return (await stat(pathOf(key))).size
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null
      throw error
    }
  }
  const requireObject = async (key: string) => {
    if ((await size(key)) === null) throw new ObjectNotFoundError(key)
  }

  return {
    incomingDir,
    size,
    async putFile(key, file) {
      try {
        await moveDurably(file, pathOf(key), incomingDir)
      } catch (error) {
        if (hasCode(error, 'ENOSPC', 'EDQUOT')) throw new StorageFullError(error)
        throw error
      }
    },
    async read(key, range) {
      await requireObject(key)
      return createReadStream(pathOf(key), { highWaterMark: 256 * 1024, ...range })
    },
    async download(key, file) {
      await requireObject(key)
      await copyFile(pathOf(key), file)
    },
    async delete(key) {
      await rm(pathOf(key), { force: true })
    },
    async deleteAll(prefix) {
      await rm(pathOf(prefix), { recursive: true, force: true })
    },
    async *list(prefix) {
      for await (const file of filesBelow(pathOf(prefix))) yield keyOf(file)
    },
    async *objects(prefix) {
      for await (const file of filesBelow(pathOf(prefix))) {
        const found = await stat(file).catch((error) => (hasCode(error, 'ENOENT') ? undefined : Promise.reject(error)))
        // What was deleted meanwhile is none any more. A rename keeps the time of the last byte.
        if (found) yield { key: keyOf(file), sizeBytes: found.size, storedAt: found.mtime }
      }
    },
    async check() {
      await access(incomingDir, constants.W_OK)
    },
  }
}
