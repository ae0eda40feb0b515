import type { StageName } from '@meanwhile/shared/contract/videos'
import { stages } from '@meanwhile/shared/db/schema/videos'
import { stageNeeds } from '@meanwhile/shared/platform/jobs'
import { and, inArray, isNull, lte, or, sql } from 'drizzle-orm'

/** Not over, and nobody's: never taken, given back, due for another attempt, or its lease has run out. Database time. */
export const isFree = and(
  inArray(stages.state, ['waiting', 'running']),
  or(isNull(stages.leaseUntil), lte(stages.leaseUntil, sql`now()`)),
)

/** Whether of the stages that this one is made from those that the video has are done. */
export function needsDone(stage: StageName) {
  const needs = stageNeeds[stage]
  if (needs.length === 0) return undefined
  const names = sql.join(
    needs.map((name) => sql`${name}`),
    sql`, `,
  )
  return sql`not exists (select from ${stages} as need where need.video_id = ${stages.videoId} and need.state <> 'done' and need.name in (${names}))`
}

/** The stages that need this one; what was imported goes on as every recording begins. */
export const followersOf = (stage: StageName): StageName[] =>
  stage === 'import' ? ['probe'] : (Object.keys(stageNeeds) as StageName[]).filter((name) => stageNeeds[name].includes(stage))
