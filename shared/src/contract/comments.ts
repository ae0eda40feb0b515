import * as z from 'zod'
import { Person } from './auth.ts'
import { Empty, endpoint, IsoDate, MediaMs, plainText } from './endpoint.ts'
import { UpdateParams } from './updates.ts'

const Text = plainText(5_000).min(1)

export const CommentDraft = z
  .object({
    text: Text,
    atMs: MediaMs.nullable().default(null).describe('The moment it is about; null for the whole update'),
    endMs: MediaMs.nullable().default(null).describe('With atMs: the end of the range it is about'),
    parentId: z.uuid().nullable().default(null).describe('The comment that this answers; it takes over its moment'),
  })
  .refine(({ atMs, endMs }) => endMs === null || (atMs !== null && endMs >= atMs), {
    path: ['endMs'],
    error: 'must not be before atMs',
  })
  .meta({ id: 'CommentDraft' })
export type CommentDraft = z.infer<typeof CommentDraft>

export const Comment = z
  .object({
    id: z.uuid(),
    updateId: z.uuid(),
    parentId: z.uuid().nullable(),
    author: Person,
    text: z.string().describe('Empty when it was deleted'),
    atMs: z.int().nullable(),
    endMs: z.int().nullable(),
    createdAt: IsoDate,
    editedAt: IsoDate.nullable(),
    deleted: z.boolean().describe('A deleted comment stays listed while it has replies'),
  })
  .meta({ id: 'Comment' })
export type Comment = z.infer<typeof Comment>

const CommentParams = z.object({ commentId: z.uuid() })

export const listComments = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId/comments',
  schema: {
    summary: 'Comments of an update by moment, replies after their parent',
    tags: ['comments'],
    params: UpdateParams,
    response: { 200: z.array(Comment) },
  },
})

export const createComment = endpoint({
  method: 'POST',
  url: '/api/updates/:updateId/comments',
  schema: {
    summary: 'Comment on an update',
    tags: ['comments'],
    params: UpdateParams,
    body: CommentDraft,
    response: { 201: Comment },
  },
})

export const changeComment = endpoint({
  method: 'PATCH',
  url: '/api/comments/:commentId',
  schema: {
    summary: 'Change an own comment',
    tags: ['comments'],
    params: CommentParams,
    body: z.object({ text: Text }),
    response: { 200: Comment },
  },
})

export const deleteComment = endpoint({
  method: 'DELETE',
  url: '/api/comments/:commentId',
  schema: { summary: 'Delete an own comment', tags: ['comments'], params: CommentParams, response: { 204: Empty } },
})
