import { bigint, index, integer, jsonb, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/**
 * Videos whose rows are gone and whose objects have to follow. A trigger writes one whenever the row of a video is deleted, whatever it
 * was deleted with, in the same transaction: what died in between is deleted by the next round of the worker.
 */
export const videoRemains = pgTable(
  'video_remains',
  {
    videoId: uuid().primaryKey(),
    createdAt: at().notNull().defaultNow(),
    /** When its objects were deleted. It is done once more a while later: what was on its way then may have arrived behind it. */
    emptiedAt: at(),
  },
  (table) => [index().on(table.createdAt)],
)

/** An object that a row names and that is not there. */
export type MissingObject = { videoId: string; key: string }

/** What the nightly comparison of rows and objects found. */
export const sweeps = pgTable('sweeps', {
  id: uuid().primaryKey().defaultRandom(),
  startedAt: at().notNull().defaultNow(),
  /** Null while it goes on, and of one whose worker ended. */
  finishedAt: at(),
  objects: integer().notNull().default(0),
  /** Objects without a row that were old enough to be deleted, and their bytes. */
  deletedObjects: integer().notNull().default(0),
  deletedBytes: bigint({ mode: 'number' }).notNull().default(0),
  /** Objects without a row that were left: too young, or of something that is still made. */
  leftObjects: integer().notNull().default(0),
  missingObjects: integer().notNull().default(0),
  /** The first of those that are missing. */
  missing: jsonb().$type<MissingObject[]>().notNull().default([]),
})
