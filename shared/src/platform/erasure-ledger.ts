import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keys } from './keys.ts'
import type { Storage } from './storage.ts'

/**
 * Who was erased is remembered beside the media, where a restored database does not bring it back: an id and a moment, and nothing that says
 * who it was. Nothing is ever taken out of it.
 */
export async function rememberErasure(storage: Storage, userId: string, at: Date): Promise<void> {
  const key = keys.erasure(userId)
  if ((await storage.size(key)) !== null) return
  const file = join(storage.incomingDir, randomUUID())
  try {
    await writeFile(file, `${JSON.stringify({ erasedAt: at.toISOString() })}\n`, { mode: 0o600 })
    await storage.putFile(key, file)
  } finally {
    await rm(file, { force: true })
  }
}

export const isOfErasures = (key: string): boolean => key.startsWith(keys.erasures)

const name = /^erasures\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/

/** The ids of all who were erased. */
export async function erasedIds(storage: Storage): Promise<string[]> {
  const ids: string[] = []
  for await (const key of storage.list(keys.erasures)) {
    const id = name.exec(key)?.[1]
    if (id) ids.push(id)
  }
  return ids
}
