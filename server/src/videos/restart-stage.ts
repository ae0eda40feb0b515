import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { StageName } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, sql } from 'drizzle-orm'

const { stages } = schema

/** Puts a failed stage back to the start. @throws {ProblemError} `stage-not-failed` */
export async function restartStage(db: Db, videoId: string, name: StageName, requestId: string) {
  const fresh = { state: 'waiting', progress: 0, attempts: 0, error: null, leaseId: null, leaseUntil: null } as const
  const [restarted] = await db
    .update(stages)
    .set({ ...fresh, requestId, updatedAt: sql`now()` })
    .where(and(eq(stages.videoId, videoId), eq(stages.name, name), eq(stages.state, 'failed')))
    .returning({ name: stages.name })
  if (!restarted) throw new ProblemError('stage-not-failed')
}
