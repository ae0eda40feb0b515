import { type Db, one } from '@meanwhile/shared/db/client'
import { type MissingObject, sweeps } from '@meanwhile/shared/db/schema/life'
import type { Log } from '@meanwhile/shared/platform/log'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { eq, sql } from 'drizzle-orm'
import { findMissing } from './missing-objects.ts'
import { deleteUnnamed } from './unnamed-objects.ts'

type Deps = { db: Db; storage: Storage; log: Log }

/** At night, by the clock of the database in UTC; one worker of all begins, and not again within this. */
const nightHours = [2, 5] as const
const pauseHours = 20
/** How many reports are kept, and how many missing objects one of them names. */
const keptSweeps = 60
const keptMissing = 100

/** The row of a new sweep; null when another was begun meanwhile, or when it is day. */
function begin(db: Db, always: boolean): Promise<string | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7318004229)`)
    const isTime = sql<boolean>`extract(hour from now() at time zone 'utc') between ${nightHours[0]}::int and ${nightHours[1]}::int
      and not exists (select from sweeps where started_at > now() - make_interval(hours => ${pauseHours}))`
    const [answer] = await tx.execute<{ due: boolean }>(sql`select ${isTime} as due`)
    if (!always && !answer?.due) return null
    await tx.execute(
      sql`delete from sweeps where id not in (select id from sweeps order by started_at desc limit ${keptSweeps - 1})`,
    )
    return one(await tx.insert(sweeps).values({}).returning({ id: sweeps.id })).id
  })
}

/**
 * Compares what the rows name with what the storage has, both ways. Old objects without a row are deleted; rows without their object are
 * told, since nobody but an operator with a backup can help them.
 * @param always also by day, and however short ago the last one was
 */
export async function sweepStorage({ db, storage, log }: Deps, always = false): Promise<void> {
  const id = await begin(db, always)
  if (id === null) return
  const unnamed = await deleteUnnamed(db, storage)
  await db.update(sweeps).set(unnamed).where(eq(sweeps.id, id))
  const missing: MissingObject[] = []
  let missingObjects = 0
  for await (const each of findMissing(db, storage)) {
    missingObjects += 1
    if (missing.length < keptMissing) missing.push(each)
    log.error(each, 'an object that a row names is not in the storage')
  }
  await db.update(sweeps).set({ missingObjects, missing, finishedAt: sql`now()` }).where(eq(sweeps.id, id))
  log.info({ ...unnamed, missingObjects }, 'rows and objects were compared')
}
