import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq } from 'drizzle-orm'
import type { MediaUrls } from '../media/urls.ts'

const { assets } = schema

/** In pixels; `url` is signed. */
export type Poster = { url: string; width: number; height: number }

/** The still picture of a video; null while there is none. */
export async function posterOf(db: Db, videoId: string, urls: MediaUrls): Promise<Poster | null> {
  const [poster] = await db
    .select()
    .from(assets)
    .where(and(eq(assets.videoId, videoId), eq(assets.name, 'poster')))
  return poster?.width && poster.height
    ? { url: urls.asset(videoId, poster.key), width: poster.width, height: poster.height }
    : null
}
