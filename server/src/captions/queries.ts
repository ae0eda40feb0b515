import type { Captions, CaptionTrack } from '@meanwhile/shared/contract/captions'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, asc, eq } from 'drizzle-orm'
import type { MediaUrls } from '../media/urls.ts'

const { captions } = schema
export type CaptionsRow = typeof captions.$inferSelect
type Listed = Omit<CaptionsRow, 'cues'>

const { videoId, language, source, label, version, key, updatedAt } = captions
const listed = { videoId, language, source, label, version, key, updatedAt }

/** The captions of a video that are shown, in the order of their languages: those of the author before those of the transcript. */
export const captionsOf = (db: Db, ofVideo: string): Promise<Listed[]> =>
  db
    .selectDistinctOn([language], listed)
    .from(captions)
    .where(eq(videoId, ofVideo))
    .orderBy(asc(language), asc(source))
    .prepare('captions')
    .execute()

/** Those that are shown in a language, with their cues; undefined when there are none. */
export async function findCaptions(db: Db, ofVideo: string, inLanguage: string): Promise<CaptionsRow | undefined> {
  const [shown] = await db
    .select()
    .from(captions)
    .where(and(eq(videoId, ofVideo), eq(language, inLanguage)))
    .orderBy(asc(source))
    .limit(1)
  return shown
}

export const asTrack = ({ videoId, language, label, source, key }: Listed, urls: MediaUrls): CaptionTrack => ({
  language,
  label,
  source,
  url: urls.asset(videoId, key),
})

export const asCaptions = (row: Listed, urls: MediaUrls): Captions => ({
  ...asTrack(row, urls),
  version: row.version,
  updatedAt: row.updatedAt,
})
