import type { Db } from '@meanwhile/shared/db/client'
import { transfers } from '@meanwhile/shared/db/schema/transfers'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { eq, lte, sql } from 'drizzle-orm'

const batch = 100

/** Deletes the files of exports whose time is over, then what is known of them. Several workers may do it at once. */
export async function forgetTransfers(db: Db, storage: Storage): Promise<void> {
  const over = await db.select({ id: transfers.id }).from(transfers).where(lte(transfers.expiresAt, sql`now()`)).limit(batch)
  for (const { id } of over) {
    await storage.deleteAll(keys.transfer(id))
    await db.delete(transfers).where(eq(transfers.id, id))
  }
}
