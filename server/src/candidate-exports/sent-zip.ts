import { Readable } from 'node:stream'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { tracksOf } from '@meanwhile/shared/db/finish'
import { isEdited } from '@meanwhile/shared/platform/jobs'
import { createZip, type ZipWriter } from '@meanwhile/shared/platform/zip-writer'
import { and, eq } from 'drizzle-orm'

const { assets } = schema

export const textOf = (text: string): Readable => Readable.from([Buffer.from(text)])

/** Where the file of a recording is in the storage: with its edits; null while it is still being made. */
export async function fileOf(db: Db, video: typeof schema.videos.$inferSelect): Promise<string | null> {
  const name = isEdited({ ...video, tracks: tracksOf(video) }) ? 'download' : 'original'
  const [made] = await db
    .select({ key: assets.key })
    .from(assets)
    .where(and(eq(assets.videoId, video.id), eq(assets.name, name)))
  return made?.key ?? null
}

/**
 * A ZIP that is made while it is sent: it is kept nowhere, so that nothing of it is left to be erased when a candidate deletes theirs. What
 * fails meanwhile breaks it off.
 */
export function sentZip(addAll: (zip: ZipWriter) => Promise<void>): Readable {
  const zip = createZip(new Date())
  addAll(zip)
    .then(() => zip.end())
    .catch((error) => zip.output.destroy(error))
  return zip.output
}
