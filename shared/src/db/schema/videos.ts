import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { BubbleLayout, Chapter, Cuts } from '../../contract/edits.ts'
import type { StageName, Track, UploadReport } from '../../contract/videos.ts'
import type { Init, Run } from '../../media/cmaf.ts'
import type { Loudness } from '../../media/loudness.ts'
import type { ByteRangeIndex } from '../../media/playlist.ts'
import { comments } from './comments.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** A file that was uploaded in parts; `name` is for people. */
export type UploadedFile = { parts: number; sizeBytes: number; name: string | null }

/** Silences on the recorded clock, sorted; how loud the rest is, null where nothing is heard. */
export type Sound = { silences: Cuts; loudness: Loudness | null }

export const videos = pgTable(
  'videos',
  {
    id: uuid().primaryKey().defaultRandom(),
    updateId: uuid()
      .notNull()
      .references(() => updates.id, { onDelete: 'cascade' }),
    /** The comment on that update which is answered by it; null for the video of the update itself. */
    commentId: uuid()
      .unique()
      .references(() => comments.id, { onDelete: 'cascade' }),
    tracks: text().array().$type<Track[]>().notNull(),
    /** It is made from a file that somebody chose, of which a part is not worth watching. */
    imported: boolean().notNull().default(false),
    /** How many segments each track has, as the recorder said at the end; null while it records. */
    finishedSegments: jsonb().$type<Partial<Record<Track, number>>>(),
    finishedAt: at(),
    /** When the server finished it because its recorder did not come back; null again once the recorder finishes it. */
    recoveredAt: at(),
    /** Length of `main` on the recorded clock, cuts included, once it is finished. */
    durationMs: integer(),
    /** How much of its length is in the hours of a week already. */
    countedMs: integer().notNull().default(0),
    /** What the recorder last said it has. */
    recorded: jsonb().$type<Pick<UploadReport, 'tracks' | 'file'>>(),
    /** Its last word. Segments and parts that arrive are signs of life too. */
    reportedAt: at(),
    /** Length on the recorder's own clock, in ms. */
    clockMs: integer(),
    /** Of the camera; null when nobody chose one. */
    layout: jsonb().$type<BubbleLayout>(),
    /** Ranges of recorded time that are left out when it is watched: merged and sorted. */
    cuts: jsonb().$type<Cuts>().notNull().default([]),
    chapters: jsonb().$type<Chapter[]>().notNull().default([]),
    /** What the stage `silence` heard; null until then. */
    sound: jsonb().$type<Sound>(),
    /** How many segments of each track were compared with their SHA-256 after they were stored. */
    checked: jsonb().$type<Partial<Record<Track, number>>>(),
    /** The uploaded file that its segments are made from, once all its parts are there. */
    file: jsonb().$type<UploadedFile>(),
    /** How much its author has sent, in bytes. */
    storedBytes: bigint({ mode: 'number' }).notNull().default(0),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [uniqueIndex('videos_of_update').on(table.updateId).where(sql`${table.commentId} is null`)],
)

/** The ledger of what arrived. Number 0 is the init segment of its track; one may come again at any later number. */
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
    /** Made by the server in place of one that never arrived. */
    filled: boolean().notNull().default(false),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.videoId, table.track, table.number] })],
)

/** The parts of an uploaded file that have arrived, numbered from 1. */
export const fileParts = pgTable(
  'file_parts',
  {
    videoId: uuid()
      .notNull()
      .references(() => videos.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    sha256: text().notNull(),
    sizeBytes: integer().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.videoId, table.number] })],
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
    /** original, camera, download, poster, preview, storyboard, storyboard-index, waveform, transcript, 720p, 480p, audio */
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
