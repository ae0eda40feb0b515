import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { StageName } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { and, eq, sql } from 'drizzle-orm'
import type { VideoOfUpdate } from './access.ts'

const { stages } = schema

type Place = { videoId: string; update: Pick<VideoOfUpdate['update'], 'id' | 'workspaceId'> }

/** Puts a failed stage back to the start. @throws {ProblemError} `stage-not-failed` */
export const restartStage = (db: Db, { videoId, update }: Place, name: StageName, requestId: string) =>
  db.transaction(async (tx) => {
    const fresh = { state: 'waiting', progress: 0, attempts: 0, error: null, leaseId: null, leaseUntil: null } as const
    const [restarted] = await tx
      .update(stages)
      .set({ ...fresh, requestId, updatedAt: sql`now()` })
      .where(and(eq(stages.videoId, videoId), eq(stages.name, name), eq(stages.state, 'failed')))
      .returning({ name: stages.name })
    if (!restarted) throw new ProblemError('stage-not-failed')
    await notify(tx, update.workspaceId, { type: 'video', updateId: update.id, videoId })
  })
