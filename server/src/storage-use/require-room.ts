import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Db } from '@meanwhile/shared/db/client'
import { allowedBytes, storedBytes } from '@meanwhile/shared/db/storage-use'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { sql } from 'drizzle-orm'
import { countOnTheirWay, type Who } from './queries.ts'

type Deps = { db: Db; env: Pick<RunningEnv, 'QUOTA_PERSON_GB' | 'QUOTA_WORKSPACE_GB' | 'RECORDINGS_AT_ONCE'> }

/** @throws {ProblemError} `quota-reached`; what a browser has recorded stays there, and goes on its way once there is room */
async function requireBytes(db: Db, env: Deps['env'], who: Who, sizeBytes: number): Promise<number> {
  const allowed = allowedBytes(env)
  const used = await storedBytes(db, who)
  const left = { own: allowed.own - used.own, workspace: allowed.workspace - used.workspace }
  if (left.own < sizeBytes)
    throw new ProblemError(
      'quota-reached',
      `You may keep ${env.QUOTA_PERSON_GB} GB of recordings. Delete some, or ask the operator of this site for more room.`,
    )
  if (left.workspace < sizeBytes)
    throw new ProblemError(
      'quota-reached',
      `This workspace may keep ${env.QUOTA_WORKSPACE_GB} GB of recordings. Delete some, or ask its owner.`,
    )
  return Math.min(left.own, left.workspace) - sizeBytes
}

/** Within this time, in ms, nobody sends as much as this, in bytes: who had so much room is not asked about again. */
const trustedMs = 5_000
const plenty = 4_000_000_000
/** Of each process, for each person and workspace. */
const roomSeen = new Map<string, number>()

/** Room for a segment or a part. Several that arrive at the same moment may go over what is allowed by their own size, and not by more. */
export async function requireRoom({ db, env }: Deps, who: Who, sizeBytes: number): Promise<void> {
  const key = `${who.workspace.id} ${who.id}`
  if (Date.now() - (roomSeen.get(key) ?? 0) < trustedMs) return
  const left = await requireBytes(db, env, who, sizeBytes)
  if (roomSeen.size > 10_000) roomSeen.clear()
  if (left > plenty) roomSeen.set(key, Date.now())
  else roomSeen.delete(key)
}

/**
 * Room for one more video, held until the transaction ends: of several that begin at the same moment each sees those before it.
 * @throws {ProblemError} `quota-reached`, `recordings-at-once`
 */
export async function requireRoomForVideo(tx: Db, env: Deps['env'], who: Who): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`recordings of ${who.id}`}, 0))`)
  if ((await countOnTheirWay(tx, who)) >= env.RECORDINGS_AT_ONCE)
    throw new ProblemError('recordings-at-once', 'Finish or discard one of those that have not arrived yet.')
  await requireBytes(tx, env, who, 1)
}

/**
 * Room in the workspace for what an export brings along, by the size of its file.
 * @throws {ProblemError} `quota-reached`
 */
export async function requireRoomForImport({ db, env }: Deps, who: Who, sizeBytes: number): Promise<void> {
  const used = await storedBytes(db, who)
  if (allowedBytes(env).workspace - used.workspace < sizeBytes)
    throw new ProblemError(
      'quota-reached',
      `This workspace may keep ${env.QUOTA_WORKSPACE_GB} GB of recordings, and this file has more than is left of them. Ask the operator of this site for more room.`,
    )
}
