import { jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Cue } from '../../media/captions.ts'
import { videos } from './videos.ts'

/** Captions of a video, one row a language and source; those of the author are shown before those of the transcript. */
export const captions = pgTable(
  'captions',
  {
    videoId: uuid()
      .notNull()
      .references(() => videos.id, { onDelete: 'cascade' }),
    /** BCP 47. */
    language: text().notNull(),
    source: text({ enum: ['author', 'transcript'] }).notNull(),
    label: text().notNull(),
    /** Another one after every change. */
    version: uuid().notNull().defaultRandom(),
    cues: jsonb().$type<Cue[]>().notNull(),
    /** The same as WebVTT: an object that is never changed. That of a transcript is an asset too. */
    key: text().notNull(),
    updatedAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.videoId, table.language, table.source] })],
)
