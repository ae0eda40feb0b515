import type { Place } from '@meanwhile/shared/contract/hours'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, inArray, isNull, not, or } from 'drizzle-orm'

const { channels, checkIns } = schema

const idsOf = (places: readonly Place[], kind: 'check-in' | 'channel'): string[] =>
  places.flatMap((place) => (place.startsWith(`${kind}:`) ? [place.slice(kind.length + 1)] : []))

/**
 * The names of those of some places that everybody in the workspace sees: the number is one for all, and must say nothing of what only some
 * see. The whole workspace has none.
 */
export async function namesOfOpenPlaces(
  db: Db,
  workspaceId: string,
  places: readonly Place[],
): Promise<Map<Place, string | null>> {
  const found = new Map<Place, string | null>(places.includes('everyone') ? [['everyone', null]] : [])
  const [channelIds, checkInIds] = [idsOf(places, 'channel'), idsOf(places, 'check-in')]
  if (channelIds.length > 0) {
    const isOpen = and(eq(channels.workspaceId, workspaceId), not(channels.isPrivate), inArray(channels.id, channelIds))
    for (const { id, name } of await db.select().from(channels).where(isOpen)) found.set(`channel:${id}`, name)
  }
  if (checkInIds.length > 0) {
    const rows = await db
      .select({ id: checkIns.id, name: checkIns.name })
      .from(checkIns)
      .leftJoin(channels, eq(channels.id, checkIns.channelId))
      .where(
        and(
          eq(checkIns.workspaceId, workspaceId),
          inArray(checkIns.id, checkInIds),
          or(isNull(checkIns.channelId), not(channels.isPrivate)),
        ),
      )
    for (const { id, name } of rows) found.set(`check-in:${id}`, name)
  }
  return found
}

/** @throws {ProblemError} `invalid-request`, alike for what does not exist and what only some see */
export async function requireOpenPlace(tx: Db, workspaceId: string, place: Place | null): Promise<void> {
  if (place === null || (await namesOfOpenPlaces(tx, workspaceId, [place])).has(place)) return
  const errors = [{ field: 'place', message: 'is not there for everybody' }]
  throw new ProblemError('invalid-request', 'Choose a check-in or channel that everybody sees.', { errors })
}
