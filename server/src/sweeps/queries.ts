import type { Sweep } from '@meanwhile/shared/contract/sweeps'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { desc, getTableColumns, sql } from 'drizzle-orm'

const { sweeps } = schema

/** What the last comparisons of rows and objects found. They are of the whole site; what is named is counted for one workspace. */
export function lastSweeps(db: Db, workspaceId: string): Promise<Sweep[]> {
  const { missing, ...columns } = getTableColumns(sweeps)
  return db
    .select({
      ...columns,
      missingHere: sql<number>`(select count(distinct videos.id)::int from videos join updates on updates.id = videos.update_id
        where updates.workspace_id = ${workspaceId}
          and videos.id::text in (select each ->> 'videoId' from jsonb_array_elements(${missing}) each))`,
    })
    .from(sweeps)
    .orderBy(desc(sweeps.startedAt))
    .limit(10)
}
