import { RecordingError } from '../recording-problem.ts'
import type { SpoolNote } from '../spool/spool-note.ts'
import { persistently } from './persistently.ts'
import type { UploadApi } from './upload-api.ts'

/**
 * Tells the server the markers and the place of the camera. Once it has finished a recording by itself, what its author has made of
 * them since stays as it is. Throws RecordingError, or the signal's reason.
 */
export async function describe(
  videoId: string,
  { chapters, layout }: Pick<SpoolNote, 'chapters' | 'layout'>,
  api: Pick<UploadApi, 'readVideo' | 'describe'>,
  persistence: Parameters<typeof persistently>[1],
): Promise<void> {
  if (chapters.length === 0 && !layout) return
  const there = await persistently(() => api.readVideo(videoId, persistence.signal), persistence).catch(unlessGone)
  if (!there) return
  const hasChapters = there.finishedAt !== null && there.chaptersFrom === 'video'
  const hasLayout = there.finishedAt !== null && there.layout !== null
  const about = { chapters: hasChapters ? [] : chapters, layout: hasLayout ? null : layout }
  if (about.chapters.length === 0 && !about.layout) return
  await persistently(() => api.describe(videoId, about, persistence.signal), persistence)
}

/** Whoever was taken out of the channel meanwhile does not see it, and its upload goes on: whether it is gone, that says. */
function unlessGone(error: unknown): null {
  if (error instanceof RecordingError && error.problem.name === 'update-gone') return null
  throw error
}
