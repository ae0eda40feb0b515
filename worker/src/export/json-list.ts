import { type FileHandle, open } from 'node:fs/promises'

/** A JSON array on disk, one record a line, written as the records come. */
export type JsonList<T> = { add(record: T): Promise<void>; close(): Promise<void>; readonly count: number }

const flushChars = 64 * 1024

/** Begins an array in a new file; `before` and `after` make it a part of something else. */
export async function openJsonList<T>(file: string, { before = '', after = '\n' } = {}): Promise<JsonList<T>> {
  const handle: FileHandle = await open(file, 'wx', 0o600)
  let text = `${before}[`
  let count = 0
  async function flush() {
    await handle.write(text)
    text = ''
  }
  return {
    get count() {
      return count
    },
    async add(record) {
      text += `${count++ === 0 ? '\n' : ',\n'}${JSON.stringify(record)}`
      if (text.length > flushChars) await flush()
    },
    async close() {
      text += `\n]${after}`
      await flush()
      await handle.close()
    },
  }
}
