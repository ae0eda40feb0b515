import { createHash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { one } from '@meanwhile/shared/db/client'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { fileParts, stages, videos } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import type { startHouse } from './house.ts'

type House = Awaited<ReturnType<typeof startHouse>>
/** A draft whose file has arrived in parts, as the API leaves it when it is told that all of it is there. */
export async function givenUpload({ db, storage, workspace, author }: House, bytes: Buffer, partBytes = 100_000) {
  const update = one(await db.insert(updates).values({ workspaceId: workspace.id, authorId: author.id }).returning())
  const parts = Array.from({ length: Math.max(1, Math.ceil(bytes.length / partBytes)) }, (_, index) =>
    bytes.subarray(index * partBytes, (index + 1) * partBytes),
  )
  const file = { parts: parts.length, sizeBytes: bytes.length, name: '../../x.mp4' }
  const video = one(
    await db
      .insert(videos)
      .values({ updateId: update.id, tracks: ['main'], file })
      .returning(),
  )
  for (const [index, part] of parts.entries()) {
    const path = join(storage.incomingDir, randomUUID())
    await writeFile(path, part)
    await storage.putFile(keys.filePart(video.id, index + 1), path)
    const sha256 = createHash('sha256').update(part).digest('hex')
    await db.insert(fileParts).values({ videoId: video.id, number: index + 1, sha256, sizeBytes: part.length })
  }
  await db.insert(stages).values({ videoId: video.id, name: 'import' })
  return { updateId: update.id, videoId: video.id }
}
