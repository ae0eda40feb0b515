import type { Update } from '@meanwhile/shared/contract/updates'
import type { Db } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { urlsFor } from '../media/urls.ts'
import type { Candidate, Reader } from '../session.ts'
import { requireVisibleUpdate } from './access.ts'
import { updateFor } from './queries.ts'

/** What an update is shown with: to whom, the addresses of its pictures for them, and the site's own. */
export const showingTo = <R extends Reader | Candidate>(env: RunningEnv, viewer: R) => ({
  viewer,
  urls: urlsFor(env.MEDIA_SECRET, viewer),
  publicUrl: env.PUBLIC_URL,
})

/** An update for who may see it. @throws {ProblemError} `not-found` */
export async function readUpdate(
  { db, env }: { db: Db; env: RunningEnv },
  updateId: string,
  viewer: Reader | Candidate,
): Promise<Update> {
  const { id } = await requireVisibleUpdate(db, updateId, viewer)
  return updateFor(db, id, showingTo(env, viewer))
}
