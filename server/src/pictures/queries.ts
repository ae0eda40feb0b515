import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq, sql } from 'drizzle-orm'

const { users } = schema

/** Names another object as somebody's picture, or none. @returns the key of the one before; undefined when that person is gone */
const setPicture = (db: Db, personId: string, pictureKey: string | null): Promise<string | null | undefined> =>
  db.transaction(async (tx) => {
    const isTheirs = eq(users.id, personId)
    const isErased = sql`exists (select from erasures where erasures.user_id = ${users.id})`
    const [found] = await tx
      .select({ before: users.pictureKey })
      .from(users)
      .where(and(isTheirs, sql`not ${isErased}`))
      .for('update')
    if (!found) return undefined
    await tx.update(users).set({ pictureKey, updatedAt: sql`now()` }).where(isTheirs)
    return found.before
  })

/** Stores a picture under a key of its own. @returns that key, and what no row names any more */
export async function storePicture({ db, storage }: { db: Db; storage: Storage }, personId: string, bytes: Buffer) {
  const key = keys.picture(personId, randomUUID())
  const file = join(storage.incomingDir, randomUUID())
  try {
    await writeFile(file, bytes, { flag: 'wx' })
    await storage.putFile(key, file)
  } finally {
    await rm(file, { force: true })
  }
  const before = await setPicture(db, personId, key)
  return { key, withdrawn: before === undefined ? [key] : before === null ? [] : [before] }
}

/** @returns what no row names any more */
export async function removePicture(db: Db, personId: string): Promise<string[]> {
  const before = await setPicture(db, personId, null)
  return before ? [before] : []
}

/** Whether an object is the picture of somebody now. */
export async function isPicture(db: Db, personId: string, key: string): Promise<boolean> {
  const [found] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, personId), eq(users.pictureKey, key)))
  return found !== undefined
}
