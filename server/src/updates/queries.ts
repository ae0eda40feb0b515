import type { KeptPreferences } from '@meanwhile/shared/contract/preferences'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { UpdateKind } from '@meanwhile/shared/contract/update-kind'
import type { Audience, Update, UpdateDraft } from '@meanwhile/shared/contract/updates'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { expiresAt } from '@meanwhile/shared/db/retention'
import { peopleWhoSee, seesChannel, seesPlace } from '@meanwhile/shared/db/sees-update'
import { keepAnswerVersion, settleAnswer } from '@meanwhile/shared/db/settle-answer'
import { settlePairing } from '@meanwhile/shared/db/settle-pairing'
import { tellWebhooksOf } from '@meanwhile/shared/db/tell-webhooks'
import { and, asc, desc, eq, inArray, isNotNull, isNull, ne, not, type SQL, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import { nameOf, requirePostable, takesComments } from '../channels/access.ts'
import { requireAnswerable, type Tie, tieAnswer } from '../check-ins/answer-update.ts'
import { type Cursor, cursorOf, isBefore } from '../cursor.ts'
import { requireQuestioning } from '../interviews/question-video.ts'
import { type ReaderUrls, urlsOf } from '../media/urls.ts'
import { requireAnswerablePairing } from '../pairings/access.ts'
import { personColumns } from '../people/person-columns.ts'
import { resolvePlayback } from '../people/preferences.ts'
import type { Candidate, Reader, Recorder, Viewer } from '../session.ts'
import { summaryColumns, summaryOf } from '../videos/video-summary.ts'
import { mayModerate, readsComments, seenColumns, type UpdateRow, visibleTo } from './access.ts'
import { refuseApart } from './apart.ts'
import { auditTarget } from './audit-target.ts'
import { seenRanges } from './views.ts'

const { assets, channels, updates, users, videos, views } = schema

/** Numbers for the author alone: who can see it, and how many of them watched. People who left are in neither. */
const audienceOf = (
  viewer: Reader | Candidate,
) => sql<Audience | null>`case when ${updates.authorId} = ${viewer.id} and ${viewer.role !== 'candidate'} then (
  select json_build_object('total', count(*), 'viewers', count(audience_view.counted_at), 'caughtUp', count(audience_view.caught_up_at))
  from ${peopleWhoSee()} audience
  left join views audience_view on audience_view.update_id = ${updates.id} and audience_view.user_id = audience.user_id
  where ${updates.trashedAt} is null and audience.user_id <> ${updates.authorId}) end`

/** The columns of an update as this viewer sees it, in one query. */
const viewOf = (db: Db, viewer: Reader | Candidate) =>
  db
    .select({
      update: seenColumns(viewer),
      author: personColumns(users),
      channel: channels,
      // Who was taken out of it does not learn what it is called by now.
      isInChannel: sql<boolean>`coalesce(${seesChannel({ userId: viewer.id, workspaceId: viewer.workspace.id })}, false)`,
      ...summaryColumns,
      view: views,
      suggested: sql<KeptPreferences['suggested'] | null>`${users.preferences} -> 'suggested'`,
      audience: audienceOf(viewer),
      expiresAt,
      callChosenAt: sql<Date | null>`(select chosen_at from call_choices where call_choices.update_id = ${updates.id})`.mapWith(
        updates.createdAt,
      ),
      commentCount: sql<number>`(select count(*)::int from comments where comments.update_id = ${updates.id} and comments.deleted_at is null and comments.published_at is not null)`,
      openCount: sql<number>`(select count(*)::int from comments where comments.update_id = ${updates.id} and comments.type in ('question', 'action')
        and comments.resolved_at is null and comments.hidden_at is null and comments.deleted_at is null and comments.published_at is not null)`,
    })
    .from(updates)
    .innerJoin(users, eq(users.id, updates.authorId))
    .leftJoin(channels, eq(channels.id, updates.channelId))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .leftJoin(assets, and(eq(assets.videoId, videos.id), eq(assets.name, 'poster')))
    .leftJoin(views, and(eq(views.updateId, updates.id), eq(views.userId, viewer.id)))
type Row = Awaited<ReturnType<typeof viewOf>>[number]

/** What a request needs to show updates: who looks, how URLs are signed, where the site is. */
export type Showing = { viewer: Reader | Candidate; urls: ReaderUrls; publicUrl: string }

/** How long it stays is a matter of the workspace: guests, and who was let in, learn nothing of it. */
function keepingOf({ update, expiresAt }: Pick<Row, 'update' | 'expiresAt'>, viewer: Reader | Candidate) {
  const told = update.seesPlace ? { keptAt: update.keptAt, expiresAt } : { keptAt: null, expiresAt: null }
  return { ...told, canKeep: viewer.role !== 'guest' && !update.isApart && mayModerate(update, viewer) }
}

function shown(row: Row, { viewer, urls: own, publicUrl }: Showing): Update {
  const urls = urlsOf(row.update, own)
  const { id, title, body, createdAt, editedAt, publishedAt } = row.update
  return {
    id,
    url: publicUrl + (viewer.role === 'guest' ? `/s/${viewer.link.token}` : `/u/${id}`),
    title,
    body,
    author: row.author,
    // Guests learn nothing of the workspace beyond the update.
    channel: row.channel && row.isInChannel && viewer.role !== 'guest' ? nameOf(row.channel) : null,
    createdAt,
    editedAt,
    publishedAt,
    videoId: row.video?.id ?? null,
    video: summaryOf(row, urls),
    commentCount: readsComments(viewer) ? row.commentCount : 0,
    openCount: readsComments(viewer) ? row.openCount : 0,
    view: row.view && { positionMs: row.view.positionMs, seen: seenRanges(row.view.seen), rate: viewer.rate },
    audience: row.audience,
    playback: resolvePlayback([viewer.playback, row.suggested ?? {}, viewer.workspace.playback]),
    ...keepingOf(row, viewer),
    letIn: viewer.role !== 'guest' && !row.update.seesPlace,
    canEdit: row.author.id === viewer.id,
    canComment:
      viewer.role !== 'candidate' &&
      (row.channel === null || takesComments(row.channel)) &&
      (viewer.role !== 'guest' || viewer.link.comments === 'guests'),
    kind: row.update.kind,
    callChosenAt: row.update.seesPlace ? row.callChosenAt : null,
    pairingId: row.update.pairingId,
    isApart: row.update.isApart,
  }
}

/** One update as its viewer sees it; access was decided before. */
export async function updateFor(db: Db, updateId: string, showing: Showing): Promise<Update> {
  const rows = await viewOf(db, showing.viewer).where(eq(updates.id, updateId)).prepare('update').execute()
  return shown(one(rows), showing)
}

type Page = { limit: number; cursor?: Cursor | undefined; unwatched?: boolean | undefined; channelId?: string | undefined }

/** A page of what is where this viewer belongs, newest first. What they were let in to is found by its link. */
export async function updatesFor(
  db: Db,
  showing: Showing & { viewer: Viewer },
  { limit, cursor, unwatched, channelId }: Page,
): Promise<{ items: Update[]; nextCursor: string | null }> {
  const { viewer } = showing
  const filters: (SQL | undefined)[] = [
    seesPlace({ userId: viewer.id, workspaceId: viewer.workspace.id }),
    // What is said in a pairing or an interview is found there alone.
    not(updates.isApart),
    channelId ? eq(updates.channelId, channelId) : undefined,
    cursor && isBefore(cursor, updates),
    ...(unwatched ? [isNull(views.updateId), ne(updates.authorId, viewer.id)] : []),
  ]
  const newestFirst = [desc(updates.createdAt), desc(updates.id)]
  // Chosen before anything else is asked of them: else everything that the viewer ever sees is looked up to show a page.
  const chosen = db
    .select({ id: updates.id })
    .from(updates)
    .leftJoin(views, and(eq(views.updateId, updates.id), eq(views.userId, viewer.id)))
    .where(and(...filters))
    .orderBy(...newestFirst)
    .limit(limit + 1)
  const rows = await viewOf(db, viewer)
    .where(inArray(updates.id, chosen))
    .orderBy(...newestFirst)
    .prepare('updates')
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map((row) => shown(row, showing)), nextCursor: rows.length > limit && last ? cursorOf(last.update) : null }
}

/** Of some updates those that this viewer sees and that are published, oldest first. */
export async function updatesOf(db: Db, showing: Showing, ids: string[]): Promise<Update[]> {
  if (ids.length === 0) return []
  const rows = await viewOf(db, showing.viewer)
    .where(and(inArray(updates.id, ids), visibleTo(showing.viewer), isNotNull(updates.publishedAt)))
    .orderBy(asc(updates.createdAt), asc(updates.id))
  return rows.map((row) => shown(row, showing))
}

type Place = Pick<UpdateRow, 'id' | 'workspaceId' | 'channelId' | 'isApart'>
const tell = (tx: Db, { id: updateId, workspaceId }: Pick<Place, 'id' | 'workspaceId'>) =>
  notify(tx, workspaceId, { type: 'update', updateId })

/** The update that a first try made, when the client chose its id. @throws {ProblemError} `id-taken`, whoever has it */
export async function madeBefore(db: Db, author: Recorder, id: string) {
  const isOwn = and(eq(updates.authorId, author.id), eq(updates.workspaceId, author.workspace.id), isNull(updates.trashedAt))
  const [update] = await db
    .select()
    .from(updates)
    .where(and(eq(updates.id, id), isOwn))
  if (!update) throw new ProblemError('id-taken')
  return update
}

export const isTaken = async (tx: Db, id: string) =>
  (await tx.select({ id: updates.id }).from(updates).where(eq(updates.id, id))).length > 0

/**
 * A text update is published at once, so is a live recording; another one with a video when the recording is finished. The same id again creates nothing.
 * @param admit throws when there is no room for its video
 * @throws {ProblemError} `id-taken`, `not-found` and `channel-archived` for the channel
 */
export const addUpdate = (
  db: Db,
  author: Viewer,
  {
    id,
    title = '',
    body = '',
    channelId: wanted = null,
    video,
    live,
    roundId,
    question,
    kind = null,
    pairingId,
    positionId,
  }: UpdateDraft,
  admit: (tx: Db) => Promise<void>,
) =>
  db.transaction(async (tx) => {
    if (id && (await isTaken(tx, id))) return { isNew: false, update: await madeBefore(tx, author, id) }
    const pairing = pairingId ? await requireAnswerablePairing(tx, { pairingId, roundId, channelId: wanted, live }, author) : null
    if (positionId) await requireQuestioning(tx, { positionId, roundId, pairingId, channelId: wanted, live }, author)
    const answered = await requireAnswerable(tx, { roundId, question } satisfies Tie, author)
    const channelId = answered ? answered.checkIn.channelId : wanted
    const publishedAt = video && !live ? null : sql`now()`
    const draft = {
      workspaceId: author.workspace.id,
      authorId: author.id,
      channelId,
      pairingId: pairing?.id ?? null,
      isInterview: positionId !== undefined,
      title: pairing && !title ? pairing.question.slice(0, 200) : title,
      body,
      publishedAt,
      kind,
      ...(id ? { id } : {}),
    }
    if (channelId) await requirePostable(tx, channelId, author)
    if (video) await admit(tx)
    const [update] = await tx.insert(updates).values(draft).onConflictDoNothing().returning()
    if (!update) return { isNew: false, update: await madeBefore(tx, author, id ?? '') }
    if (video) await tx.insert(videos).values({ updateId: update.id, ...video })
    if (answered) await tieAnswer(tx, update.id, answered, author, { question })
    if (pairing) await settlePairing(tx, pairing.id, new Date())
    await tell(tx, update)
    await tellWebhooksOf(tx, update.id, 'update.published')
    return { isNew: true, update }
  })

type Change = {
  title?: string | undefined
  body?: string | undefined
  channelId?: string | null | undefined
  kind?: UpdateKind | null | undefined
}

/** @throws {ProblemError} `not-found` and `channel-archived` for the channel that it is moved to */
export const editUpdate = (db: Db, update: Place, author: Viewer, { channelId = update.channelId, kind, ...change }: Change) =>
  db.transaction(async (tx) => {
    const isMoved = channelId !== update.channelId
    if (isMoved) refuseApart(update, 'It is posted in no channel.')
    if (isMoved && channelId) await requirePostable(tx, channelId, author)
    const isEdited = Object.values(change).some((each) => each !== undefined)
    if (isEdited) await keepAnswerVersion(tx, update.id)
    await tx
      .update(updates)
      .set({ ...change, channelId, ...(kind === undefined ? {} : { kind }), ...(isEdited ? { editedAt: sql`now()` } : {}) })
      .where(eq(updates.id, update.id))
    await tell(tx, update)
    // Those who see it no more hear that its former place has changed.
    if (isMoved) await notify(tx, update.workspaceId, { type: 'channel', channelId: update.channelId })
  })

/** What was never published was seen by nobody, and leaves no trace. */
export const trashUpdate = (db: Db, update: UpdateRow, actor: Viewer, from: string) =>
  db.transaction(async (tx) => {
    await tx.update(updates).set({ trashedAt: sql`now()`, trashedById: actor.id }).where(eq(updates.id, update.id))
    if (update.publishedAt)
      await recordAudit(tx, { actor, action: 'update.deleted', target: await auditTarget(tx, update), from })
    await tell(tx, update)
    await settleAnswer(tx, update.id)
    await tellWebhooksOf(tx, update.id, 'update.deleted')
  })
