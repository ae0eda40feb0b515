import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, real, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { StageName, Track } from '../../contract/videos.ts'
import type { Init, Run } from '../../media/cmaf.ts'
import type { ByteRangeIndex } from '../../media/playlist.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

export const videos = pgTable('videos', {
  id: uuid().primaryKey().defaultRandom(),
  updateId: uuid()
    .notNull()
    .unique()
    .references(() => updates.id, { onDelete: 'cascade' }),
  tracks: text().array().$type<Track[]>().notNull(),
  /** How many segments each track has, as the recorder said at the end; null while it records. */
  finishedSegments: jsonb().$type<Partial<Record<Track, number>>>(),
  finishedAt: at(),
  /** Length of `main` , once it is finished. */
  durationMs: integer(),
  createdAt: at().notNull().defaultNow(),
})

/** The ledger of what arrived. Number 0 is the init segment of its track. */
export const segments = pgTable(
  'segments',
  {
    videoId: uuid()
      .notNull()
      .references(() => videos.id, { onDelete: 'cascade' }),
    track: text().$type<Track>().notNull(),
    number: integer().notNull(),
    sha256: text().notNull(),
    sizeBytes: integer().notNull(),
    /** Measured from the boxes once the init segment is there, until then as the recorder said. */
    durationMs: real().notNull(),
    /** What the boxes of an init segment say. */
    init: jsonb().$type<Init>(),
    /** What the boxes of a media segment say about its samples. */
    runs: jsonb().$type<Run[]>(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.videoId, table.track, table.number] })],
)

/** One processing stage of a finished video: the truth about work; the queue only carries it. */
export const stages = pgTable(
  'stages',
  {
    videoId: uuid()
      .notNull()
      .references(() => videos.id, { onDelete: 'cascade' }),
    name: text().$type<StageName>().notNull(),
    state: text({ enum: ['waiting', 'running', 'done', 'failed'] })
      .notNull()
      .default('waiting'),
    progress: real().notNull().default(0),
    attempts: integer().notNull().default(0),
    error: text(),
    /** Fencing token of the attempt that may publish. */
    leaseId: uuid(),
    /** Until then nobody else takes the work; database time. */
    leaseUntil: at(),
    requestId: text(),
    updatedAt: at().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.videoId, table.name] }),
    index('stages_unfinished').on(table.leaseUntil).where(sql`${table.state} in ('waiting', 'running')`),
    check('stages_progress', sql`${table.progress} between 0 and 1`),
  ],
)

/** A file that a stage made and published: its object is never changed, a later attempt writes another key. */
export const assets = pgTable(
  'assets',
  {
    videoId: uuid()
      .notNull()
      .references(() => videos.id, { onDelete: 'cascade' }),
    /** original, poster, storyboard, storyboard-index, 720p, 480p */
    name: text().notNull(),
    stage: text().$type<StageName>().notNull(),
    /** Object key in the storage, see `keys`. */
    key: text().notNull(),
    sizeBytes: bigint({ mode: 'number' }).notNull(),
    width: integer(),
    height: integer(),
    durationMs: integer(),
    codecs: text(),
    /** Of a rendition: the object with its HLS segments and where each one lies in it. */
    hlsKey: text(),
    hlsIndex: jsonb().$type<ByteRangeIndex>(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.videoId, table.name] })],
)
