import type { Comment, CommentPlace } from '@meanwhile/shared/contract/comments'
import type { ReactionCount } from '@meanwhile/shared/contract/reactions'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type ReaderUrls, urlsOf } from '../media/urls.ts'
import { authorColumns, personColumns, pictureOf } from '../people/person-columns.ts'
import { commentReactionCounts } from '../reactions/counts.ts'
import type { Reader } from '../session.ts'
import { mayModerate, seenColumns, visibleTo } from '../updates/access.ts'
import { summaryColumns, summaryOf } from '../videos/video-summary.ts'
import { canReadComment, isPublishedFor, mayResolve } from './access.ts'
import { mayWrite } from './guests.ts'

const { assets, comments, decisions, members, mentions, updates, users, videos } = schema
const owner = alias(users, 'owner')
const resolver = alias(users, 'resolver')
const hider = alias(users, 'hider')
const named = alias(users, 'named')
const decision = alias(comments, 'decision')
const itsUpdate = alias(updates, 'its_update')

/** Who looks, and how URLs are signed. */
export type Showing = { viewer: Reader; urls: ReaderUrls }

/** The place of another decision, the newest that fits, when this viewer sees it. */
const decisionWhere = (viewer: Reader, fits: SQL) =>
  sql<CommentPlace | null>`(select json_build_object('updateId', ${decision.updateId}, 'commentId', ${decision.id})
    from ${comments} ${sql.identifier('decision')} join ${updates} ${sql.identifier('its_update')} on ${itsUpdate.id} = ${decision.updateId}
    where ${fits} and ${decision.deletedAt} is null and ${isPublishedFor(viewer, decision)} and ${visibleTo(viewer, itsUpdate)}
    order by ${decision.createdAt} desc limit 1)`

/** What is read of a comment for this viewer. The rest of the query says which ones. */
export const commentColumns = (viewer: Reader) => ({
  ...summaryColumns,
  recordedMs: sql<number>`case when ${videos.id} is null then 0 else ${summaryColumns.recordedMs} end`,
  stages: sql<
    Parameters<typeof summaryOf>[0]['stages']
  >`case when ${videos.id} is null then '[]' else ${summaryColumns.stages} end`,
  comment: comments,
  update: { authorId: updates.authorId, seesPlace: seenColumns(viewer).seesPlace },
  author: authorColumns(),
  owner: personColumns(owner),
  // Where somebody from elsewhere is, is not told.
  ownerZone: sql<
    string | null
  >`(select ${owner.timeZone} from ${members} where ${members.workspaceId} = ${updates.workspaceId} and ${members.userId} = ${owner.id})`,
  resolver: personColumns(resolver),
  hider: personColumns(hider),
  mentions: sql<
    Comment['mentions']
  >`(select coalesce(json_agg(json_build_object('id', ${named.id}, 'name', ${named.name}, 'picture', ${pictureOf(named)}) order by ${named.name}), '[]')
    from ${mentions} join ${users} ${sql.identifier('named')} on ${named.id} = ${mentions.userId} where ${mentions.commentId} = ${comments.id})`,
  reactions: commentReactionCounts(viewer),
  round: { closesAt: decisions.closesAt, closedAt: decisions.closedAt },
  supersedes: sql<CommentPlace | null>`case when ${comments.supersedesId} is null then null
    else ${decisionWhere(viewer, sql`${decision.id} = ${comments.supersedesId}`)} end`,
  supersededBy: sql<CommentPlace | null>`case when ${comments.type} <> 'decision' then null
    else ${decisionWhere(viewer, sql`${decision.supersedesId} = ${comments.id}`)} end`,
})

/** Comments with all that is told of them. */
export const selectComments = (db: Db, viewer: Reader) =>
  db
    .select(commentColumns(viewer))
    .from(comments)
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .innerJoin(users, eq(users.id, comments.authorId))
    .leftJoin(owner, eq(owner.id, comments.ownerId))
    .leftJoin(resolver, eq(resolver.id, comments.resolvedById))
    .leftJoin(hider, eq(hider.id, comments.hiddenById))
    .leftJoin(decisions, eq(decisions.commentId, comments.id))
    .leftJoin(videos, eq(videos.commentId, comments.id))
    .leftJoin(assets, and(eq(assets.videoId, videos.id), eq(assets.name, 'poster')))
type Row = Awaited<ReturnType<typeof selectComments>>[number]

/** What was written, or nothing of it where this viewer may not read it. */
function contentOf(row: Row, { viewer, urls }: Showing) {
  const { comment, update, mentions, reactions } = row
  if (!canReadComment(comment, update, viewer))
    return { text: '', drawing: null, video: null, videoId: null, mentions: [], reactions: [] as ReactionCount[] }
  const { text, drawing } = comment
  return { text, drawing, video: summaryOf(row, urlsOf(update, urls)), videoId: row.video?.id ?? null, mentions, reactions }
}

function resolutionOf({ comment, resolver }: Row): Comment['resolution'] {
  const { resolvedAt, answerAtMs, answerId } = comment
  return resolvedAt && { at: resolvedAt, by: resolver, atMs: answerAtMs, answerId }
}

/** By when it is due; where its owner is, is a matter of their workspace. */
function dueOf({ comment: { dueAt, dueIsChosen }, update, ownerZone }: Row, viewer: Reader) {
  if (viewer.role === 'guest') return { dueAt: null, dueIsChosen: false, ownerZone: null }
  return { dueAt, dueIsChosen, ownerZone: update.seesPlace ? ownerZone : null }
}

/** A comment as its viewer sees it; that they see the update was decided before. */
export function shownComment(row: Row, showing: Showing): Comment {
  const { comment, update, author, owner, hider, supersedes, supersededBy } = row
  const { id, updateId, parentId, type, atMs, endMs, createdAt, publishedAt, editedAt } = comment
  const { viewer } = showing
  const isThere = comment.deletedAt === null
  const isChangeable = isThere && comment.authorId === viewer.id && (type !== 'decision' || publishedAt === null)
  const resolution = resolutionOf(row)
  return {
    ...{ id, updateId, parentId, author, type, atMs, endMs, owner, createdAt, publishedAt, editedAt, supersedes, supersededBy },
    ...contentOf(row, showing),
    deleted: !isThere,
    hidden: comment.hiddenAt && { at: comment.hiddenAt, by: hider },
    resolution,
    round: row.round,
    doneAt: type === 'action' && resolution ? resolution.at : null,
    ...dueOf(row, viewer),
    can: {
      edit: isChangeable && mayWrite(viewer),
      delete: isChangeable,
      hide: isThere && mayModerate(update, viewer),
      resolve: isThere && canReadComment(comment, update, viewer) && mayResolve(row, viewer),
    },
  }
}
