import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { StageName } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { and, eq, sql } from 'drizzle-orm'
import type { VideoOfUpdate } from './access.ts'

const { stages, videos } = schema

type Place = { videoId: string; update: Pick<VideoOfUpdate['update'], 'id' | 'workspaceId'> }

const fresh = { state: 'waiting', progress: 0, attempts: 0, error: null, leaseId: null, leaseUntil: null } as const

/** A recording from before there was a provider gets a transcript when it is asked for. @returns whether it had none */
async function startTranscript(tx: Db, videoId: string, requestId: string): Promise<boolean> {
  const [video] = await tx.select({ finishedAt: videos.finishedAt }).from(videos).where(eq(videos.id, videoId))
  if (!video?.finishedAt) return false
  const started = await tx
    .insert(stages)
    .values({ videoId, name: 'transcript', ...fresh, requestId })
    .onConflictDoNothing()
    .returning({ name: stages.name })
  return started.length === 1
}

/**
 * Puts a failed stage back to the start.
 * @param canTranscribe whether there is a provider of transcripts
 * @throws {ProblemError} `stage-not-failed`
 */
export const restartStage = (db: Db, { videoId, update }: Place, name: StageName, requestId: string, canTranscribe: boolean) =>
  db.transaction(async (tx) => {
    const [restarted] = await tx
      .update(stages)
      .set({ ...fresh, requestId, updatedAt: sql`now()` })
      .where(and(eq(stages.videoId, videoId), eq(stages.name, name), eq(stages.state, 'failed')))
      .returning({ name: stages.name })
    const isNew = !restarted && name === 'transcript' && canTranscribe && (await startTranscript(tx, videoId, requestId))
    if (!restarted && !isNew) throw new ProblemError('stage-not-failed')
    await notify(tx, update.workspaceId, { type: 'video', updateId: update.id, videoId })
  })
