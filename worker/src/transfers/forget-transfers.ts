import type { Db } from '@meanwhile/shared/db/client'
import { transferParts, transfers } from '@meanwhile/shared/db/schema/transfers'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq, exists, lte, sql } from 'drizzle-orm'

const batch = 100

/** The file of an import is of no use once it is done: what became of it is told for longer. One that failed is tried again with it. */
async function forgetUploads(db: Db, storage: Storage): Promise<void> {
  const ofIt = db.select({ number: transferParts.number }).from(transferParts).where(eq(transferParts.transferId, transfers.id))
  const ended = and(eq(transfers.kind, 'import'), eq(transfers.state, 'done'), exists(ofIt))
  for (const { id } of await db.select({ id: transfers.id }).from(transfers).where(ended).limit(batch)) {
    await storage.deleteAll(keys.transfer(id))
    await db.delete(transferParts).where(eq(transferParts.transferId, id))
  }
}

/** Deletes the files of exports and imports whose time is over, then what is known of them. Several workers may do it at once. */
export async function forgetTransfers(db: Db, storage: Storage): Promise<void> {
  const over = await db.select({ id: transfers.id }).from(transfers).where(lte(transfers.expiresAt, sql`now()`)).limit(batch)
  for (const { id } of over) {
    await storage.deleteAll(keys.transfer(id))
    await db.delete(transfers).where(eq(transfers.id, id))
  }
  await forgetUploads(db, storage)
}
