import * as z from 'zod'
import { Author, Person } from './auth.ts'
import { Drawing } from './drawing.ts'
import { Empty, endpoint, IsoDate, MediaMs, pageOf, plainText } from './endpoint.ts'
import { ReactionCount } from './reactions.ts'
import { UpdateParams } from './updates.ts'
import { VideoDraft, VideoSummary } from './videos.ts'

export const CommentType = z
  .enum(['note', 'question', 'decision', 'action'])
  .describe('A decision is final: it is never changed or deleted, a later one supersedes it')
  .meta({ id: 'CommentType' })
export type CommentType = z.infer<typeof CommentType>

const Text = plainText(5_000)
const Mentions = z.array(z.uuid()).max(20).describe('People that the text names; only those who can see the update')
const DueAt = IsoDate.nullable().optional()
const OwnerId = z.uuid().nullable().describe('Of a question: who is asked. Of an action: who has to do it')

export const CommentDraft = z
  .object({
    id: z.uuid().optional().describe('Chosen by the client, so that a second try creates nothing new'),
    text: Text.describe('May be empty beside a drawing or a video'),
    atMs: MediaMs.nullable().default(null).describe('The moment it is about; null for the whole update'),
    endMs: MediaMs.nullable().default(null).describe('With atMs: the end of the range it is about'),
    parentId: z.uuid().nullable().default(null).describe('The comment that this answers; it takes over its moment'),
    type: CommentType.default('note'),
    ownerId: OwnerId.default(null),
    supersedesId: z.uuid().nullable().default(null).describe('Of a decision: the one that it takes the place of'),
    mentions: Mentions.default([]),
    drawing: Drawing.nullable().default(null).describe('On the picture at atMs'),
    video: VideoDraft.optional().describe('It is answered by a video of its own, which is uploaded and finished as any other'),
    dueAt: DueAt.describe('By when its owner is to answer; without it, as the team has agreed'),
  })
  .refine(({ text, drawing, video }) => text !== '' || drawing !== null || video !== undefined, {
    path: ['text'],
    error: 'must not be empty without a drawing or a video',
  })
  .refine(({ atMs, endMs }) => endMs === null || (atMs !== null && endMs >= atMs), {
    path: ['endMs'],
    error: 'must not be before atMs',
  })
  .refine(({ drawing, atMs, parentId }) => drawing === null || atMs !== null || parentId !== null, {
    path: ['drawing'],
    error: 'must be at a moment',
  })
  .refine(({ type, ownerId }) => ownerId === null || type === 'question' || type === 'action', {
    path: ['ownerId'],
    error: 'is for questions and actions',
  })
  .refine(({ ownerId, dueAt }) => !dueAt || ownerId !== null, { path: ['dueAt'], error: 'needs somebody who is asked' })
  .refine(({ type, supersedesId }) => supersedesId === null || type === 'decision', {
    path: ['supersedesId'],
    error: 'is for decisions',
  })
  .meta({ id: 'CommentDraft', example: { text: 'Which of the two do we ship first?', type: 'question', atMs: 41_200 } })
export type CommentDraft = z.infer<typeof CommentDraft>

/** Where a comment is: that of a decision may be another update. */
export const CommentPlace = z.object({ updateId: z.uuid(), commentId: z.uuid() }).meta({ id: 'CommentPlace' })
export type CommentPlace = z.infer<typeof CommentPlace>

export const Resolution = z
  .object({
    at: IsoDate,
    by: Person.nullable(),
    atMs: z.int().nullable().describe('The moment of the update that answers it'),
    answerId: z.uuid().nullable().describe('The comment that answers it'),
  })
  .meta({ id: 'Resolution' })
export type Resolution = z.infer<typeof Resolution>

export const Comment = z
  .object({
    id: z.uuid(),
    updateId: z.uuid(),
    parentId: z.uuid().nullable(),
    author: Author,
    type: CommentType,
    text: z.string().describe('Empty when it was deleted, or hidden from this viewer'),
    atMs: z.int().nullable(),
    endMs: z.int().nullable(),
    owner: Person.nullable().describe('Of a question: who is asked. Of an action: who has to do it'),
    mentions: z.array(Person),
    drawing: Drawing.nullable(),
    videoId: z.uuid().nullable().describe('Its own video, for its upload and for GET /api/videos/:videoId'),
    video: VideoSummary.nullable(),
    createdAt: IsoDate,
    publishedAt: IsoDate.nullable().describe('Null while its video is recorded: only its author sees it'),
    editedAt: IsoDate.nullable(),
    deleted: z.boolean().describe('A deleted comment stays listed while it has replies'),
    hidden: z
      .object({ at: IsoDate, by: Person.nullable() })
      .nullable()
      .describe('Taken out of sight; its author and those who may hide still read it'),
    resolution: Resolution.nullable(),
    doneAt: IsoDate.nullable().describe('Of an action: when it was resolved'),
    dueAt: IsoDate.nullable().describe('By when its owner is to answer; null where nobody waits'),
    dueIsChosen: z.boolean().describe('Its author chose that moment; else it is as the team has agreed'),
    ownerZone: z.string().nullable().describe('The time zone of its owner, for members who see where it is'),
    supersedes: CommentPlace.nullable().describe('The decision that this one takes the place of'),
    supersededBy: CommentPlace.nullable().describe('The decision that counts now'),
    reactions: z.array(ReactionCount),
    round: z
      .object({ closesAt: IsoDate, closedAt: IsoDate.nullable() })
      .nullable()
      .describe('Of a decision that people are asked for: see GET /api/decisions/:decisionId'),
    can: z
      .object({ edit: z.boolean(), delete: z.boolean(), hide: z.boolean(), resolve: z.boolean() })
      .describe('What this viewer may do with it'),
  })
  .meta({ id: 'Comment' })
export type Comment = z.infer<typeof Comment>

export const CommentParams = z.object({ commentId: z.uuid() })

export const CommentFilter = z.object({
  type: CommentType.optional(),
  open: z
    .stringbool()
    .optional()
    .describe('True: questions without an answer and actions not done, without hidden ones; false: those that are'),
  mine: z.stringbool().optional().describe('Those that this viewer wrote, owns or is named in'),
  person: z.uuid().optional().describe('Those that this person wrote or owns'),
})
export type CommentFilter = z.infer<typeof CommentFilter>

export const listComments = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId/comments',
  schema: {
    summary: 'Comments of an update by moment, those on the whole of it last; replies after their parent',
    description: 'A thread is listed whole when any comment in it fits the filters. `limit` counts threads.',
    tags: ['comments'],
    params: UpdateParams,
    querystring: CommentFilter.extend({
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    response: { 200: pageOf(Comment) },
  },
})

export const createComment = endpoint({
  method: 'POST',
  url: '/api/updates/:updateId/comments',
  schema: {
    summary: 'Comment on an update',
    description: 'The same `id` with the same content again answers 200 with the comment as it is now, with other content 409.',
    tags: ['comments'],
    params: UpdateParams,
    body: CommentDraft,
    response: { 200: Comment, 201: Comment },
  },
})

export const readComment = endpoint({
  method: 'GET',
  url: '/api/comments/:commentId',
  schema: { summary: 'One comment', tags: ['comments'], params: CommentParams, response: { 200: Comment } },
})

export const CommentChange = z
  .object({
    text: Text.optional(),
    type: z.enum(['note', 'question', 'action']).optional(),
    ownerId: OwnerId.optional(),
    mentions: Mentions.optional(),
    dueAt: DueAt.describe('Null: as the team has agreed'),
  })
  .meta({ id: 'CommentChange' })
export type CommentChange = z.infer<typeof CommentChange>

export const changeComment = endpoint({
  method: 'PATCH',
  url: '/api/comments/:commentId',
  schema: {
    summary: 'Change an own comment that is not a decision; what it said before stays in its history',
    tags: ['comments'],
    params: CommentParams,
    body: CommentChange,
    response: { 200: Comment },
  },
})

export const deleteComment = endpoint({
  method: 'DELETE',
  url: '/api/comments/:commentId',
  schema: {
    summary: 'Delete an own comment that is not a decision, with its history, drawing and video',
    tags: ['comments'],
    params: CommentParams,
    response: { 204: Empty },
  },
})

export const TrailWhat = z.enum(['hidden', 'shown', 'resolved', 'reopened'])
export type TrailWhat = z.infer<typeof TrailWhat>

export const CommentHistory = z
  .object({
    versions: z.array(z.object({ text: z.string(), writtenAt: IsoDate })).describe('Oldest first; the last is what it says now'),
    trail: z.array(z.object({ what: TrailWhat, by: Person, at: IsoDate })).describe('Oldest first'),
  })
  .meta({ id: 'CommentHistory' })
export type CommentHistory = z.infer<typeof CommentHistory>

export const readCommentHistory = endpoint({
  method: 'GET',
  url: '/api/comments/:commentId/history',
  schema: {
    summary: 'What a comment said before, and who hid or resolved it; at most the last 200 of each',
    tags: ['comments'],
    params: CommentParams,
    response: { 200: CommentHistory },
  },
})

export const resolveComment = endpoint({
  method: 'PUT',
  url: '/api/comments/:commentId/resolution',
  schema: {
    summary: 'Say that a comment is answered or done, and where (its author, its owner, who published the update, admins)',
    tags: ['comments'],
    params: CommentParams,
    body: z.object({
      atMs: MediaMs.nullable().default(null).describe('The moment of the update that answers it'),
      answerId: z.uuid().nullable().default(null).describe('The comment on the same update that answers it'),
    }),
    response: { 200: Comment },
  },
})

export const reopenComment = endpoint({
  method: 'DELETE',
  url: '/api/comments/:commentId/resolution',
  schema: { summary: 'Open a comment again', tags: ['comments'], params: CommentParams, response: { 200: Comment } },
})

export const hideComment = endpoint({
  method: 'PUT',
  url: '/api/comments/:commentId/hidden',
  schema: {
    summary: 'Take a comment out of sight (who published the update, owner and admins of the workspace)',
    tags: ['comments'],
    params: CommentParams,
    response: { 200: Comment },
  },
})

export const showComment = endpoint({
  method: 'DELETE',
  url: '/api/comments/:commentId/hidden',
  schema: { summary: 'Bring a hidden comment back', tags: ['comments'], params: CommentParams, response: { 200: Comment } },
})

export const findPeople = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId/people',
  schema: {
    summary: 'People who can see the update, by the beginning of any word of their name; at most 20',
    tags: ['comments'],
    params: UpdateParams,
    querystring: z.object({ q: plainText(80).default('') }),
    response: { 200: z.array(Person) },
  },
})
