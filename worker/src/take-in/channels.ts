import type { Db } from '@meanwhile/shared/db/client'
import { channelMembers, channels } from '@meanwhile/shared/db/schema/channels'
import type { ChannelRecord } from '@meanwhile/shared/platform/workspace-file'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { localId } from './local-id.ts'
import { past } from './past.ts'
import type { ImportedPeople } from './people.ts'

/** As long as the name of a channel may be. */
const longestName = 80
const longestDescription = 500

/** Gives names that no open channel of the workspace has: what was apart stays apart, also where both are called the same. */
async function freeNames(tx: Db, workspaceId: string): Promise<(name: string) => string> {
  const isOpen = and(eq(channels.workspaceId, workspaceId), isNull(channels.archivedAt))
  const open = await tx.select({ name: channels.name }).from(channels).where(isOpen)
  const taken = new Set(open.map(({ name }) => name.toLowerCase()))
  /** How many were tried of those with the same beginning, so that thousands of one name are no matter. */
  const tries = new Map<string, number>()
  return (name) => {
    const wanted = name.trim().slice(0, longestName) || 'Channel'
    for (let count = tries.get(wanted) ?? 0; ; count++) {
      const suffix = count === 0 ? '' : count === 1 ? ' (imported)' : ` (imported ${count})`
      const tried = wanted.slice(0, longestName - suffix.length) + suffix
      if (taken.has(tried.toLowerCase())) continue
      tries.set(wanted, count + 1)
      taken.add(tried.toLowerCase())
      return tried
    }
  }
}

export type ImportedChannels = { idOf(sourceId: string): string | undefined; added: number }

/**
 * Makes the channels of an export that are not here yet. Of a private one those are members who are here, and who imports it, who has read
 * it all.
 */
export async function bringChannels(
  tx: Db,
  { workspaceId, ownerId }: { workspaceId: string; ownerId: string },
  records: ChannelRecord[],
  people: ImportedPeople,
): Promise<ImportedChannels> {
  const ids = new Map(records.map(({ id }) => [id, localId(workspaceId, 'channel', id)]))
  // An export that comes back to where it was made finds its own.
  const all = [...ids.keys(), ...ids.values()]
  const there = new Set<string>()
  for (let from = 0; from < all.length; from += 500) {
    const some = and(eq(channels.workspaceId, workspaceId), inArray(channels.id, all.slice(from, from + 500)))
    for (const { id } of await tx.select({ id: channels.id }).from(channels).where(some)) there.add(id)
  }
  const freeName = await freeNames(tx, workspaceId)
  let added = 0
  for (const record of records) {
    const { isPrivate, commentsAllowed } = record
    if (there.has(record.id)) ids.set(record.id, record.id)
    const id = ids.get(record.id) as string
    if (there.has(id)) continue
    const name = record.archivedAt ? record.name.slice(0, longestName) : freeName(record.name)
    await tx.insert(channels).values({
      ...{ id, workspaceId, name, description: record.description.slice(0, longestDescription), isPrivate, commentsAllowed },
      createdById: people.memberOf(record.createdById) ?? ownerId,
      createdAt: past(record.createdAt),
      archivedAt: record.archivedAt ? past(record.archivedAt) : null,
    })
    there.add(id)
    added += 1
    if (!isPrivate) continue
    const inside = new Set([ownerId, ...record.memberIds.flatMap((each) => people.memberOf(each) ?? [])])
    await tx.insert(channelMembers).values([...inside].map((userId) => ({ channelId: id, userId })))
  }
  return { idOf: (sourceId) => ids.get(sourceId), added }
}
