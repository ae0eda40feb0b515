import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { isNearlyDue } from '@meanwhile/shared/db/retention'
import { comments } from '@meanwhile/shared/db/schema/comments'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { videos } from '@meanwhile/shared/db/schema/videos'
import { allowedBytes, type Quotas, storedBytes } from '@meanwhile/shared/db/storage-use'
import type { CommentRecord, ReactionRecord, UpdateRecord, VideoRecord } from '@meanwhile/shared/platform/workspace-file'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { reasonFor, StageFailure } from '../failure.ts'
import type { Ffmpeg } from '../ffmpeg/run.ts'
import { holdingTransfer, keepTrying, requireStillOwner } from '../transfers/lease.ts'
import type { TransferWork } from '../transfers/run-transfers.ts'
import type { ImportedChannels } from './channels.ts'
import { bringConversation, inPlace } from './conversation.ts'
import { withoutErased } from './erased.ts'
import { localId } from './local-id.ts'
import type { OpenExport } from './open-export.ts'
import { past } from './past.ts'
import type { ImportedPeople } from './people.ts'
import { publishRecording } from './publish-recording.ts'
import { type BroughtRecording, bringRecording, isAboutFile } from './recording.ts'
import type { ImportReport } from './report.ts'

/** As long as the title and the text of an update may be. */
const longest = { title: 200, body: 20_000 }

export type Taking = {
  work: TransferWork
  ffmpeg: Ffmpeg
  quotas: Quotas
  from: OpenExport
  people: ImportedPeople
  channels: ImportedChannels
  report: ImportReport
}
/** An update with all that belongs to it. */
export type UpdateParts = { update: UpdateRecord; videos: VideoRecord[]; comments: CommentRecord[]; reactions: ReactionRecord[] }
type Made = { record: VideoRecord; videoId: string; commentId: string | null; recording: BroughtRecording }

const shownTitle = ({ title }: UpdateRecord) => (title.trim() ? `“${title.trim().slice(0, 80)}”` : 'An update without a title')

/** `here` when it was made here, and not brought. */
async function whereIs(db: Db, workspaceId: string, sourceId: string): Promise<'here' | 'brought' | 'nowhere'> {
  const id = localId(workspaceId, 'update', sourceId)
  const rows = await db
    .select({ id: updates.id })
    .from(updates)
    .where(and(eq(updates.workspaceId, workspaceId), inArray(updates.id, [sourceId, id])))
  return rows.length === 0 ? 'nowhere' : rows.some((each) => each.id === sourceId) ? 'here' : 'brought'
}

/** Of the recordings of an update, those that are not here yet; of one that was brought before, where their comment still is. */
async function missingRecordings({ work: { db, lease } }: Taking, { videos: records }: UpdateParts, isNew: boolean) {
  const missing: Omit<Made, 'recording'>[] = []
  for (const record of records) {
    const videoId = localId(lease.workspaceId, 'video', record.id)
    const commentId = record.commentId && localId(lease.workspaceId, 'comment', record.commentId)
    if ((await db.$count(videos, eq(videos.id, videoId))) > 0) continue
    const isThere = and(eq(comments.id, commentId ?? videoId), isNull(comments.deletedAt))
    if (!isNew && commentId && (await db.$count(comments, isThere)) === 0) continue
    missing.push({ record, videoId, commentId })
  }
  return missing
}

async function requireRoom({ work: { db, lease }, quotas, from }: Taking, authorId: string, record: VideoRecord) {
  const used = await storedBytes(db, { id: authorId, workspace: { id: lease.workspaceId } })
  const allowed = allowedBytes(quotas)
  const files = [record.original ?? '', record.camera ?? '', ...record.recorded.map(({ path }) => path)]
  const sizeBytes = files.reduce((sum, path) => sum + from.sizeOf(path), 0)
  if (used.workspace + sizeBytes > allowed.workspace || used.own + sizeBytes > allowed.own)
    throw new StageFailure('there is no room left for it. Import the same file again once there is', { isFinal: true })
}

/** Stores the recordings of an update; one that cannot be brought is told, and does not keep the others. */
async function bringRecordings(taking: Taking, parts: UpdateParts, isNew: boolean): Promise<Made[]> {
  const { work, ffmpeg, people, from, report } = taking
  const { lease, db, storage, log, signal } = work
  const made: Made[] = []
  for (const missing of await missingRecordings(taking, parts, isNew)) {
    const { record, videoId } = missing
    const comment = parts.comments.find(({ id }) => id === record.commentId)
    const name = comment ? `A recorded answer to ${shownTitle(parts.update)}` : `The recording of ${shownTitle(parts.update)}`
    const dir = join(work.dir, videoId)
    try {
      await requireRoom(taking, people.idOf(comment?.authorId ?? parts.update.authorId), record)
      await mkdir(dir, { mode: 0o700 })
      const whileHeld = <T>(change: (tx: Db) => Promise<T>) => holdingTransfer(db, lease, change)
      const own = { videoId, dir, signal, db, storage, ffmpeg, log, onProgress: () => {}, whileHeld }
      const recording = await bringRecording(own, from, record)
      for (const note of recording.notes) report.note(`${name}: ${note}`)
      made.push({ ...missing, recording })
    } catch (error) {
      signal.throwIfAborted()
      if (!isAboutFile(error)) throw error
      report.note(`${name} could not be brought: ${reasonFor(error)}`)
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  }
  return made
}

/** An answer by video stands with its comment: one whose comment is not brought keeps nothing else out. */
function withPlace({ update, videos: records }: UpdateParts, placed: CommentRecord[], report: ImportReport): VideoRecord[] {
  const there = new Set(placed.map(({ id }) => id))
  const kept = records.filter(({ commentId }) => commentId === null || there.has(commentId))
  for (let count = kept.length; count < records.length; count++)
    report.note(`A recorded answer to ${shownTitle(update)} could not be brought: its comment has no place`)
  return kept
}

/** What the database refuses because of what it says, not because of how it is. */
function isAboutContent(error: unknown): boolean {
  const code =
    error instanceof Error && error.cause && typeof error.cause === 'object' && 'code' in error.cause && error.cause.code
  return typeof code === 'string' && /^2[23]/.test(code)
}

/** Makes the rows of an update, all of them at once or none: nobody sees half of it. */
async function publish({ work: { lease }, people, channels }: Taking, tx: Db, parts: UpdateParts, isNew: boolean, made: Made[]) {
  const { workspaceId } = lease
  const { update, comments: said, reactions } = parts
  const updateId = localId(workspaceId, 'update', update.id)
  await requireStillOwner(tx, lease)
  let isKept = false
  let comments = 0
  if (isNew) {
    await people.ensure(tx, [update.authorId])
    await tx.insert(updates).values({
      ...{ id: updateId, workspaceId, authorId: people.idOf(update.authorId) },
      channelId: (update.channelId && channels.idOf(update.channelId)) ?? null,
      ...{ title: update.title.slice(0, longest.title), body: update.body.slice(0, longest.body) },
      ...{ createdAt: past(update.createdAt), publishedAt: past(update.publishedAt) },
      ...{ editedAt: update.editedAt ? past(update.editedAt) : null, kind: update.kind },
    })
    // Whoever brings old updates wants to have them: a rule would take them away again, and warn of each before.
    const kept = await tx
      .update(updates)
      .set({ keptAt: sql`now()` })
      .where(and(eq(updates.id, updateId), isNearlyDue))
      .returning({ id: updates.id })
    isKept = kept.length > 0
    comments = await bringConversation(tx, { workspaceId, updateId, people }, said, reactions)
  }
  for (const { record, videoId, commentId, recording } of made)
    await publishRecording(tx, { videoId, workspaceId, updateId, commentId }, record, recording)
  await notify(tx, workspaceId, { type: 'update', updateId })
  await keepTrying(tx, lease)
  return { comments, isKept }
}

/** Brings one update with its recordings, comments and reactions, if it is not here yet. @throws when it has to be tried again */
export async function bringUpdate(taking: Taking, whole: UpdateParts): Promise<void> {
  const { work, people, channels, report } = taking
  const { db, lease, signal } = work
  const known = withoutErased(whole, people)
  if (!known) return report.erased()
  const { placed, lost } = inPlace(known.comments)
  const parts = { ...known, comments: placed, videos: withPlace(known, placed, report) }
  const { update } = parts
  const there = await whereIs(db, lease.workspaceId, update.id)
  if (there === 'here') return report.known()
  if (update.channelId !== null && channels.idOf(update.channelId) === undefined)
    // Without its channel more people would see it than did.
    return report.note(`${shownTitle(update)} could not be brought: its channel is not in the export.`)
  const isNew = there === 'nowhere'
  const made = await bringRecordings(taking, parts, isNew)
  if (!isNew) report.known()
  if (!isNew && made.length === 0) return
  signal.throwIfAborted()
  try {
    const { comments, isKept } = await holdingTransfer(db, lease, (tx) => publish(taking, tx, parts, isNew, made))
    report.add({ updates: isNew ? 1 : 0, comments, videos: made.length })
    if (isKept) report.kept()
    if (isNew && lost > 0)
      report.note(
        `${shownTitle(update)}: ${lost} ${lost === 1 ? 'comment has' : 'comments have'} no place and could not be brought.`,
      )
  } catch (error) {
    if (!isAboutContent(error)) throw error
    work.log.warn({ err: error }, 'an update of an export does not fit')
    report.note(`${shownTitle(update)} could not be brought: what the export says of it does not fit together.`)
  }
}
