import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Db } from '@meanwhile/shared/db/client'
import { requireOpenPosition } from '../positions/access.ts'
import type { Viewer } from '../session.ts'

type Wanted = {
  positionId: string
  roundId?: string | undefined
  pairingId?: string | undefined
  channelId?: string | null | undefined
  live?: boolean | undefined
}

/**
 * Whether somebody may record what will be asked in an interview.
 * @throws {ProblemError} as `requireOpenPosition`; `invalid-request` for what is of something else, in a channel or live
 */
export async function requireQuestioning(
  tx: Db,
  { positionId, roundId, pairingId, channelId, live }: Wanted,
  author: Viewer,
): Promise<void> {
  const field = roundId ? 'roundId' : pairingId ? 'pairingId' : channelId ? 'channelId' : live ? 'live' : null
  const message = 'must be left out: it is asked in an interview alone'
  if (field) throw new ProblemError('invalid-request', undefined, { errors: [{ field, message }] })
  await requireOpenPosition(tx, positionId, author)
}
