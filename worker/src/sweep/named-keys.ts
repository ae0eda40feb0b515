import type { Db } from '@meanwhile/shared/db/client'
import { type SQL, sql } from 'drizzle-orm'

/** Every key that a row names, of the videos that fit. The same as `keys` makes. */
const keysOf = (which: SQL) => sql`
  select video_id, 'videos/' || video_id || '/' || track || '/' || lpad(number::text, 6, '0') || '.m4s' as key, created_at from segments where ${which}
  union all select video_id, 'videos/' || video_id || '/file/' || lpad(number::text, 6, '0') || '.part', created_at from file_parts where ${which}
  union all select video_id, key, created_at from assets where ${which}
  union all select video_id, hls_key, created_at from assets where hls_key is not null and ${which}
  union all select video_id, key, updated_at from captions where ${which}`

const ids = (videoIds: string[]) =>
  sql`video_id in (${sql.join(
    videoIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  )})`

/** Of some keys below `videos/`, those that a row names. */
export async function namedKeys(db: Db, videoIds: string[], keys: string[]): Promise<Set<string>> {
  const texts = sql.join(
    keys.map((key) => sql`${key}`),
    sql`, `,
  )
  const rows = await db.execute<{ key: string }>(sql`select key from (${keysOf(ids(videoIds))}) named where key in (${texts})`)
  return new Set(rows.map(({ key }) => key))
}

/** What the rows of a video name, apart from what is younger than a few minutes. */
export async function keysOfVideo(db: Db, videoId: string): Promise<string[]> {
  const rows = await db.execute<{ key: string }>(
    sql`select key from (${keysOf(ids([videoId]))}) named where created_at < now() - interval '10 minutes'`,
  )
  return rows.map(({ key }) => key)
}

/** Of some videos, those of which something may be on its way: they are recorded, or a stage works on them or will. */
export async function busyVideos(db: Db, videoIds: string[]): Promise<Set<string>> {
  const rows = await db.execute<{ id: string }>(
    sql`select id from videos where ${sql`id in (${sql.join(
      videoIds.map((id) => sql`${id}::uuid`),
      sql`, `,
    )})`} and (finished_at is null or exists (select from stages where stages.video_id = videos.id and state in ('waiting', 'running')))`,
  )
  return new Set(rows.map(({ id }) => id))
}
