import { importKeptDays } from '@meanwhile/shared/contract/transfers'
import { type Db, one } from '@meanwhile/shared/db/client'
import { beingErased } from '@meanwhile/shared/db/erase-again'
import { auditEvents } from '@meanwhile/shared/db/schema/audit'
import { users, workspaces } from '@meanwhile/shared/db/schema/people'
import { transferParts } from '@meanwhile/shared/db/schema/transfers'
import type { Quotas } from '@meanwhile/shared/db/storage-use'
import { erasedIds } from '@meanwhile/shared/platform/erasure-ledger'
import * as format from '@meanwhile/shared/platform/workspace-file'
import { asc, eq } from 'drizzle-orm'
import { StageFailure } from '../failure.ts'
import type { Ffmpeg } from '../ffmpeg/run.ts'
import { holdingTransfer, requireStillOwner, type TransferLease } from '../transfers/lease.ts'
import type { TransferMaker, TransferWork } from '../transfers/run-transfers.ts'
import { bringChannels } from './channels.ts'
import { supersede } from './conversation.ts'
import { type OpenExport, openExport } from './open-export.ts'
import { PartReader } from './part-reader.ts'
import { matchPeople } from './people.ts'
import { alongUpdates, readList, readRecords, readSized } from './records.ts'
import { type ImportReport, startReport } from './report.ts'
import { bringUpdate, type Taking } from './updates.ts'

const { filePaths } = format

/** More than the largest workspace that we know of has, a hundred times over. */
const mostUpdates = 200_000
const mostChannels = 5_000
const decisionsAtOnce = 300
const tooMany = (what: string) => new StageFailure(`It has too many ${what} to be imported.`, { isFinal: true })

/** How much of the time an update takes without its media, in bytes of media. */
const updateBytes = 20_000
/** How much of the time it takes to read the lists, as far as people are told. */
const readingShare = 0.05

async function readerOf({ db, storage, lease }: TransferWork): Promise<PartReader> {
  const parts = await db
    .select({ key: transferParts.key, sizeBytes: transferParts.sizeBytes })
    .from(transferParts)
    .where(eq(transferParts.transferId, lease.id))
    .orderBy(asc(transferParts.number))
  if (parts.length === 0) throw new StageFailure('The file is not there any more: upload it again.', { isFinal: true })
  return new PartReader(storage, parts)
}

/** Who was erased, and whose erasure has only begun: an older export has all of them still. */
const erasedHere = async ({ db, storage }: TransferWork) => new Set([...(await beingErased(db)), ...(await erasedIds(storage))])

/** The updates in their order, by id, and the decisions that take the place of others. */
async function readOrder(from: OpenExport, report: ImportReport) {
  const order = new Map<string, number>()
  for await (const { id } of readRecords(from, filePaths.updates, format.UpdateRecord, () => {}))
    if (!order.has(id) && order.set(id, order.size).size > mostUpdates) throw tooMany('updates')
  const superseding: { id: string; supersedesId: string }[] = []
  for await (const { id, supersedesId } of readRecords(from, filePaths.comments, format.CommentRecord, report.unreadable))
    if (supersedesId && superseding.push({ id, supersedesId }) > mostUpdates) throw tooMany('decisions')
  return { order, superseding }
}

/** How far it is: by the bytes of media that are behind it. */
function progressOf({ onProgress }: TransferWork, { manifest, sizeOf }: OpenExport, updates: number) {
  const mediaBytes = manifest.files.reduce((sum, { path, sizeBytes }) => sum + (path.startsWith('media/') ? sizeBytes : 0), 0)
  const total = Math.max(1, mediaBytes + updates * updateBytes)
  let done = 0
  return (records: format.VideoRecord[]) => {
    const paths = records.flatMap(({ original, camera, recorded }) => [original, camera, ...recorded.map(({ path }) => path)])
    done += paths.reduce((sum, path) => sum + (path ? sizeOf(path) : 0), updateBytes)
    onProgress(readingShare + (1 - readingShare) * Math.min(1, done / total))
  }
}

async function bringUpdates(taking: Taking, order: Map<string, number>): Promise<void> {
  const { work, from, report } = taking
  const onDone = progressOf(work, from, order.size)
  const orderOf = (updateId: string) => order.get(updateId)
  const told = report.unreadable
  const along = {
    videos: alongUpdates(readSized(from, filePaths.videos, format.VideoRecord, told), filePaths.videos, orderOf, told),
    // Those that cannot be read were told when the decisions among them were looked for.
    comments: alongUpdates(
      readSized(from, filePaths.comments, format.CommentRecord, () => {}),
      filePaths.comments,
      orderOf,
      told,
    ),
    reactions: alongUpdates(
      readSized(from, filePaths.reactions, format.ReactionRecord, told),
      filePaths.reactions,
      orderOf,
      told,
    ),
  }
  const seen = new Set<string>()
  try {
    for await (const update of readRecords(from, filePaths.updates, format.UpdateRecord, told)) {
      work.signal.throwIfAborted()
      if (seen.has(update.id)) {
        told(filePaths.updates)
        continue
      }
      seen.add(update.id)
      const [videos, comments, reactions] = [
        await along.videos.of(update.id),
        await along.comments.of(update.id),
        await along.reactions.of(update.id),
      ]
      await bringUpdate(taking, { update, videos, comments, reactions })
      onDone(videos)
    }
  } finally {
    for (const list of Object.values(along)) await list.close()
  }
}

/** What was brought is on record, in the name of who asked for it. */
async function recordImport(
  tx: Db,
  { workspaceId, createdById }: TransferLease,
  { updates, videos, comments }: Record<string, unknown>,
) {
  const { actorName } = one(await tx.select({ actorName: users.name }).from(users).where(eq(users.id, createdById)))
  const { name } = one(await tx.select({ name: workspaces.name }).from(workspaces).where(eq(workspaces.id, workspaceId)))
  const target = { targetType: 'workspace', targetId: workspaceId, targetName: name }
  const details = { updates: Number(updates), recordings: Number(videos), comments: Number(comments) }
  await tx
    .insert(auditEvents)
    .values({ workspaceId, actorId: createdById, actorName, action: 'workspace.imported', ...target, details })
}

/**
 * Brings an export into a workspace: what is not here yet, an update after the other, each whole or not at all. It may run again at any
 * moment, and goes on behind what is there.
 */
export const importWorkspace =
  ({ ffmpeg, quotas }: { ffmpeg: Ffmpeg; quotas: Quotas }): TransferMaker =>
  async (work) => {
    const { db, lease } = work
    const { workspaceId, createdById: ownerId } = lease
    const report = startReport()
    const from = await openExport(await readerOf(work), work.signal)
    try {
      const erased = await erasedHere(work)
      const people = await matchPeople(
        db,
        { workspaceId, ownerId, erased, report },
        await readList(from, filePaths.people, format.PersonRecord, report.unreadable),
      )
      const records = await readList(from, filePaths.channels, format.ChannelRecord, report.unreadable)
      if (records.length > mostChannels) throw tooMany('channels')
      const { order, superseding } = await readOrder(from, report)
      const channels = await holdingTransfer(db, lease, async (tx) => {
        await requireStillOwner(tx, lease)
        return bringChannels(tx, { workspaceId, ownerId }, records, people)
      })
      report.add({ channels: channels.added })
      await bringUpdates({ work, ffmpeg, quotas, from, people, channels, report }, order)
      // The row of the transfer is held for a moment each time, so that signs of life get through.
      for (let at = 0; at < superseding.length; at += decisionsAtOnce)
        await holdingTransfer(db, lease, (tx) => supersede(tx, workspaceId, superseding.slice(at, at + decisionsAtOnce)))
      report.add({ people: people.added })
      const told = report.end()
      return { report: told, parts: null, sizeBytes: null, keptDays: importKeptDays, also: (tx) => recordImport(tx, lease, told) }
    } finally {
      from.close()
    }
  }
